"""Codec 2 of chapter 05: the pixels of a group, by runs, guesses, the color cache and literals."""

from wire import refuse_if

NO_PREDICTION = 0xFFFFFFFF
NARROW = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35)
WIDE = (0x27D4EB2F, 0x165667B1, 0xB5297A4D, 0x68E31DA5, 0x1B56C4E9, 0x7FEB352D, 0x846CA68B)


def log2(number):
    return number.bit_length() - 1


def median(a, b, c):
    return sorted((a, b, c))[1]


class Group:
    """One rectangle of one mode. `target`: the pixels to write, laid out as the picture; None when reading."""

    def __init__(self, coder, state, area, source, target):
        self.coder, self.state, self.target = coder, state, target
        self.left, self.top, self.width, self.height = area
        self.stride, self.now, self.before = state.stride, state.now, state.before
        self.source = source  # what to add to a pixel's place to find its prediction; None = not predicted

    def code(self, photo):
        for y in range(self.height):
            row, x = self.state.place(self.left, self.top + y), 0
            while x < self.width:
                x = self.photo_pixel(row, x) if photo else self.step(row, x, y)

    def photo_pixel(self, row, x):
        at = row + x
        green = [self.now[p] >> 8 & 255 for p in (at - 1, at - self.stride, at - self.stride - 1, at - self.stride + 1)]
        w, n, nw, ne = green
        g = max(abs(w - nw), abs(n - nw), abs(n - ne))
        self.now[at] = self.literal(at, g if g < 3 else min(log2(g - 1) + 2, 7))
        return x + 1

    def step(self, row, x, y):
        at = row + x
        if self.source is not None and self.run_applies(at, x, y):
            return self.predicted_run(row, x, y)
        around = {self.now[at - 1], self.now[at - 2]} | {self.now[at - self.stride + k] for k in (-1, 0, 1)}
        if len(around) == 1:
            return self.flat_run(row, x)
        self.color(at, None)
        return x + 1

    # Runs

    def foretold(self, at):
        return self.now[at] == self.before[at + self.source]

    def run_applies(self, at, x, y):
        if x > 0 and not self.foretold(at - 1):
            return False
        if y == 0:
            return True
        return self.foretold(at - self.stride) and (x == self.width - 1 or self.foretold(at - self.stride + 1))

    def predicted_run(self, row, x, y):
        coder, at, rest = self.coder, row + x, self.width - x
        m = 0
        while m < rest and (y == 0 or self.foretold(at + m - self.stride)):
            m += 1
        run = None
        if coder.writing:
            run = 0
            while run < rest and self.target[at + run] == self.before[at + run + self.source]:
                run += 1
        if coder.recent("predictedRun", log2(m), int(run != m)):
            run = coder.gamma("predictedLength", run)
            refuse_if(run > rest, "InvalidValue")
        else:
            run = m
        for k in range(at, at + run):
            self.now[k] = self.before[k + self.source]
        if run == rest:
            return self.width
        self.color(at + run, self.before[at + run + self.source])
        return x + run + 1

    def flat_run(self, row, x):
        coder, at, rest = self.coder, row + x, self.width - x
        color, same = self.now[at - 1], 0
        while same < rest and self.now[at + same - self.stride] == color:
            same += 1
        m = rest if same == rest else max(1, same - 1)
        run = None
        if coder.writing:
            run = 0
            while run < m and self.target[at + run] == color:
                run += 1
        shorter = coder.recent("flatRun", log2(m), int(run != m))
        if shorter:
            run = coder.gamma("flatLength", run)
            refuse_if(run >= m, "InvalidValue")
        else:
            run = m
        self.now[at:at + run] = [color] * run
        if not shorter:
            return x + run
        self.color(at + run, color)
        return x + run + 1

    # Colors

    def color(self, at, excluded):
        now, s = self.now, self.stride
        w, n = now[at - 1], now[at - s]
        p = NO_PREDICTION if self.source is None else self.before[at + self.source]
        wide, narrow = self.entries(at, p)
        found = self.candidates(at, {excluded}, (w, n, p), (wide, narrow))
        if found is None:
            found = self.cached_or_literal(at)
        now[at] = found
        for entry, most in ((wide, 3), (narrow, 1)):
            if entry[0] == found and entry[1] > 0:
                entry[1] = min(entry[1] + 1, 255)
            elif entry[1] > most:
                entry[1] //= 4
            else:
                entry[:] = found, 1

    def entries(self, at, p):
        now, s = self.now, self.stride
        near = (now[at - 1], now[at - s], now[at - s - 1])
        far = (now[at - s + 1], now[at - 2], now[at - 3], now[at - 2 * s], now[at - 2 * s + 1], now[at - s + 2], p)
        a = sum(k * c for k, c in zip(NARROW, near, strict=True)) % 2**32
        b = (a + sum(k * c for k, c in zip(WIDE, far, strict=True))) % 2**32
        return (self.state.wide.setdefault((b ^ b >> 15) * 0x2C1B3C6D % 2**32 >> 14, [0, 0]),
                self.state.narrow.setdefault((a ^ a >> 15) * 0x2C1B3C6D % 2**32 >> 18, [0, 0]))

    def candidates(self, at, done, near, entries):
        """The color, if it is one of those that are asked for."""
        coder, (w, n, p), k = self.coder, near, 0
        wanted = self.target[at] if coder.writing else None
        for (guess, confidence), name, most, asked in ((entries[0], "wide", 15, 1), (entries[1], "narrow", 7, 2)):
            if confidence > 0 and guess not in done:
                k, done = k + asked, done | {guess}
                if not coder.recent(name, min(confidence, most), int(wanted != guess)):
                    return guess
        for guess, base in ((p, 0), (w, 4), (n, 8)):
            if guess != NO_PREDICTION and guess not in done:
                done = done | {guess}
                if not coder.bit("candidate", base + k, int(wanted != guess)):
                    return guess
        return None

    def cached_or_literal(self, at):
        coder, cache = self.coder, self.state.cache
        place = None
        if coder.writing:
            place = self.target[at] * 0x9E3779B1 % 2**32 >> 24
        if not coder.recent("cached", 0, int(coder.writing and cache[place] != self.target[at])):
            return cache[coder.tree("cacheIndex", 8, place)]
        found = self.literal(at, 8)
        cache[found * 0x9E3779B1 % 2**32 >> 24] = found
        return found

    # Literals

    def literal(self, at, model):
        now, s = self.now, self.stride
        near = [[c >> shift & 255 for shift in (8, 0, 16)] for c in (now[at - 1], now[at - s], now[at - s - 1])]
        wanted = [self.target[at] >> shift & 255 for shift in (8, 0, 16)] if self.coder.writing else [None] * 3
        channels, kind = [], 0
        for n in range(3):
            if n == 0:
                w, u, c = (pixel[0] for pixel in near)
                guess = median(w, u, w + u - c)
            else:
                w, u, c = (pixel[n] - pixel[0] for pixel in near)
                guess = min(max(channels[0] + median(w, u, w + u - c), 0), 255)
            s_ = None if wanted[n] is None else (wanted[n] - guess + 128) % 256 - 128
            s_ = self.difference(f"literal{model}", n, kind, s_)
            kind = 0 if s_ == 0 else 1 if abs(s_) <= 2 else 2
            channels.append((guess + s_) % 256)
        green, blue, red = channels
        return red << 16 | green << 8 | blue

    def difference(self, name, n, c, value):
        coder, size = self.coder, None if value is None else abs(value)
        if not coder.bit(name + ".zero", 3 * n + c, int(size != 0)):
            return 0
        negative = coder.bit(name + ".sign", n, None if value is None else int(value < 0))
        bits = coder.ones(name + ".length", 8 * (3 * n + c), 7, None if size is None else log2(size))
        size = coder.lower_bits(name + ".upper", 3 * (8 * n + bits), bits, size)
        return -size if negative else size
