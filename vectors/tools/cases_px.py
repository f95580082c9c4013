"""px.json: pieces of codec 2, each mode alone and mixed, and every way for a piece to be refused."""

import px
import px_scenes
from px_scenes import Numbers, gradient, noise, photo, rectangle, scroll, text, words
from wire import Refused


def documents():
    return {"px.json": {"chapter": "05-screen", "about": "Codec 2: pieces and the picture after each update.",
                        "cases": pixel_cases() + copy_cases() + ring_cases() + transform_cases() + mixed_cases() + end_cases()
                        + head_errors() + block_errors() + stream_errors()}}


class Film:
    """A case in the making: what is drawn on the canvas is coded by the modes that are given."""

    def __init__(self, name, width, height, readers=2):
        self.name, self.kind, self.steps = name, "write", []
        self.width, self.height = width, height
        self.writer, self.readers = px.State(width, height), [px.State(width, height) for _ in range(readers)]
        self.canvas = [[0] * width for _ in range(height)]

    def piece(self, *modes, first=0, last=True, hashed=True, **given):
        """`modes`: a row of blocks each, a hexadecimal digit for each block."""
        piece = px.Piece(first, [[int(digit, 16) for digit in row] for row in modes], **given)
        target = list(self.writer.now)
        self.writer.put(target, (0, 0, self.width, self.height), self.canvas)
        if any(mode in px.TRANSFORM_MODES for row in piece.modes for mode in row):
            self.kind = "read"
        return self.take(px.write(self.writer, piece, target), last, hashed)

    def take(self, content, last=True, hashed=True):
        """One piece of a good case, read by a reader as strict and by one as late as the chapter allows."""
        for late, reader in enumerate(self.readers):
            px.read(reader, content, late == 1)
        step = {"piece": content, "last": last}
        if last:
            for state in [self.writer, *self.readers]:
                state.end_update()
                if state.now != self.writer.now:
                    raise SystemExit(f"px {self.name}: writer and reader differ")
            if hashed:
                step["hash"] = self.writer.hash()
        self.steps.append(step)
        return content

    def wrong(self, error, *modes, first=0, wrong=None, change=lambda content: content, **given):
        """The last piece, which is refused."""
        piece = px.Piece(first, [[int(digit, 16) for digit in row] for row in modes], **given)
        target = list(self.writer.now)
        self.writer.put(target, (0, 0, self.width, self.height), self.canvas)
        return self.refuse(error, change(px.write(self.writer, piece, target, wrong, may_stop=True)))

    def refuse(self, error, content):
        for late, reader in enumerate(self.readers):
            try:
                px.read(reader, content, late == 1)
            except Refused as refused:
                if refused.name == error:
                    continue
                raise SystemExit(f"px {self.name}: {refused.name}, the case says {error}") from None
            raise SystemExit(f"px {self.name}: not refused, the case says {error}")
        self.kind = "read"
        self.steps.append({"piece": content, "last": True, "error": error})
        return self.case()

    def case(self):
        return {"name": self.name, "kind": self.kind, "width": self.width, "height": self.height, "steps": self.steps}


def pixel_cases():
    cases = []

    def film(name, width=48, height=40):
        cases.append(Film(name, width, height))
        return cases[-1], cases[-1].canvas

    f, c = film("one black block", 16, 16)
    f.piece("7")
    f.piece("0")
    f, c = film("text without prediction")
    words(c, 0xFFFFFF, 0x202020)
    f.piece("777", "777", "777")
    f, c = film("text on text, predicted", 48, 33)
    words(c, 0xFFFFFF, 0x202020)
    f.piece("777", "777", "777")
    text(c, 5, 5, "another", 0x0000A0, 0xFFFFFF)
    f.piece("666", "600", "000")
    text(c, 5, 21, "line", 0x0000A0, 0xFFFFFF)
    f.piece("066", first=1)
    f.piece("666", "666", "666")
    f, c = film("an edge block of one pixel", 17, 17)
    gradient(c)
    f.piece("77", "77")
    c[16][16] = 0x123456
    f.piece("00", "06")
    f, c = film("the photo mode", 37, 40)
    photo(c, 1)
    f.piece("ddd", "ddd", "ddd")
    f, c = film("every literal size", 64, 48)
    noise(c, Numbers("literals"))
    f.piece("7777", "7777", "7777")
    f, c = film("every literal size in photo mode", 48, 32)
    noise(c, Numbers("photo literals"))
    f.piece("ddd", "ddd")
    f, c = film("few colors, many edges: guesses, cache", 64, 32)
    px_scenes.speckle(c, Numbers("cache"), 300)
    f.piece("7777", "7777")
    px_scenes.speckle(c, Numbers("cache again"), 300)
    f.piece("7667", "6677")
    return [run_case(48, 40), run_case(70, 50), *(f.case() for f in cases)]


def run_case(width, height):
    """Runs of every length, up to each edge of a group, in the first row and below."""
    f = Film(f"runs up to every edge, {width}x{height}", width, height)
    rows, columns = f.writer.rows, f.writer.columns
    rectangle(f.canvas, 0, 0, width, height, 0xE0E0E0)
    f.piece(*["7" * columns] * rows)
    for k in range(6):
        n = Numbers(f"runs {width} {k}")
        for y in range(height):
            start, end = sorted((n.below(width + 1), n.below(width + 1)))
            if k % 2 and n.below(2):
                end = width
            if y % 7 != k:
                rectangle(f.canvas, start, y, end - start, 1, (0x3060A0, 0xE0E0E0, 0x3060A0, 0x10FF10)[n.below(4)])
        f.piece(*["67"[k == 3] * columns] * rows)
    rectangle(f.canvas, width - 3, 0, 3, height, 0x010203)
    f.piece(*["6" * columns] * rows)
    return f.case()


def copy_cases():
    f = Film("copies by four vectors at the borders", 70, 50)
    photo(f.canvas, 2)
    words(f.canvas, 0xFFFFFF, 0)
    f.piece("77777", "77777", "77777", "77777")
    old = [list(row) for row in f.canvas]
    vectors = ((54, 34), (-48, -32), (3, -1), (0, 0))
    for column, row, vector in ((0, 0, 0), (3, 2, 1), (4, 3, 1), (1, 1, 2), (2, 1, 3)):
        px_scenes.move(f.canvas, old, f.writer.area(column, row), vectors[vector])
    f.piece("10000", "03400", "00020", "00002", vectors=vectors)
    f.piece("00000", "33300", vectors=vectors)
    f.piece("00400", vectors=vectors[2:] + ((-32, 0), (-32, 2)), first=1)
    g = Film("scrolling with new text below, predicted by vectors", 64, 48)
    words(g.canvas, 0xFFFFFF, 0x303030)
    g.piece("7777", "7777", "7777")
    for k in range(3):
        scroll(g.canvas, 9)
        text(g.canvas, 2, 38, f"row {k}", 0x800000, 0xFFFFFF)
        px_scenes.rectangle(g.canvas, 20, 3, 5, 4, 0x00FF00 + k)
        g.piece("9999", "1111", "6666" if k == 0 else "7667", vectors=((0, 9),))
    g.piece("a1b1", "c3d4", "0000", vectors=((0, 9), (1, 0), (-1, 0), (0, -9)))
    h = Film("vectors changed, kept, taken away", 32, 32)
    photo(h.canvas, 3)
    h.piece("77", "77")
    h.piece("10", vectors=((16, 16),), last=False)
    h.piece("02", vectors=((16, 16), (-16, 0)), first=1)
    h.piece("10", vectors=((16, 16), (-16, 0)))
    h.piece("07", vectors=())
    return [f.case(), g.case(), h.case()]


def ring_cases():
    f = Film("the ring keeps what rested for five updates", 70, 50)
    photo(f.canvas, 4)
    f.piece("77777", "77777", "77777", "77777")
    first = [list(row) for row in f.canvas]
    for _ in range(4):
        f.piece("00000")
    rectangle(f.canvas, 0, 0, 70, 50, 0x204060)
    f.piece("77770", "66660", "00000", "77777")
    for (column, row), place in {(0, 0): 0, (1, 0): 1, (2, 0): 5, (3, 1): 7, (2, 1): 6}.items():
        px_scenes.move(f.canvas, first, f.writer.area(column, row), (place % 4 * 16 - column * 16, place // 4 * 16 - row * 16))
    f.piece("55500", "00550", places={(0, 0): 0, (1, 0): 1, (2, 0): 5, (2, 1): 6, (3, 1): 7})
    for _ in range(4):
        f.piece("00000")
    f.piece("56700", places={(0, 0): 7})
    g = Film("approximated blocks do not go to the ring", 48, 16)
    photo(g.canvas, 5)
    g.piece("8fe")
    for _ in range(4):
        g.piece("000")
    g.piece("777")
    for _ in range(4):
        g.piece("000")
    g.piece("667")
    g.piece("005", places={(2, 0): 0})
    return [f.case(), g.case(), wrap_case()]


def wrap_case():
    """1,024x1,024 pixels, of which 4,096 blocks at once go to the ring."""
    f = Film("the ring is full and starts over", 1024, 1024, readers=1)
    whole, nothing = ["1" * 64] * 64, ["0" * 64]
    everything = {"vectors": ((0, 0),), "hashed": False}
    text(f.canvas, 2, 2, "first", 0xFFFFFF, 0)
    text(f.canvas, 1010, 1012, "x", 0xFFFF00, 0)
    f.piece("77" + "0" * 62, *["0" * 64] * 62, "0" * 63 + "7")
    for k in range(3):
        for _ in range(4):
            f.piece(*nothing, hashed=False)
        text(f.canvas, 2, 2, f"round{k}", 0xFFFFFF, 0)
        f.piece("66" + "1" * 62, *whole[1:], **everything)
    # Places 0 to 4,095 hold the third round, 4,096 to 8,191 the second.
    blocks = {(0, 1): 4096, (1, 1): 8191, (2, 1): 0, (3, 1): 1}
    modes = "5555" + "0" * 60
    for block, place in blocks.items():
        px_scenes.put(f.canvas, f.writer.area(*block), f.writer.ring[place])
    f.piece(modes, first=1, places={(column, 0): place for (column, _), place in blocks.items()})
    return f.case()


def transform_cases():
    films = []
    for mode, name in (("8", "transform"), ("f", "fine transform"), ("e", "motion")):
        f = Film(f"{name}, with edge blocks", 40, 40)
        photo(f.canvas, 6)
        f.piece(mode * 3, mode * 3, mode * 3, step=12)
        photo(f.canvas, 7)
        f.piece("0" + mode + "0", mode * 3, step=40)
        f.piece("777", "777", "777")
        films.append(f)
    f = Film("every step", 32, 16)
    for step in range(1, 64):
        photo(f.canvas, 8 + step)
        f.piece(("8f", "e8", "fe")[step % 3], step=step)
    films.append(f)
    f = Film("motion by vectors, differing and not", 70, 50)
    photo(f.canvas, 9)
    f.piece("77777", "77777", "77777", "77777")
    n = Numbers("motion")
    for k in range(4):
        blocks = [(column, row) for row in range(4) for column in range(5) if n.below(4)]
        transforms = {block: {"vector": inside(f.writer, block, n), "levels": (None, "near")[n.below(2)]} for block in blocks}
        photo(f.canvas, 10 + k)
        f.piece(*["".join("e" if (column, row) in transforms else "08"[n.below(2)] for column in range(5)) for row in range(4)],
                transforms=transforms, step=20)
    films.append(f)
    films.append(extreme_case())
    return [f.case() for f in films]


def inside(state, block, n):
    left, top, width, height = state.area(*block)
    x, y = n.below(state.width - width + 1) - left, n.below(state.height - height + 1) - top
    return (x, y) if n.below(2) else (min(max(1, -left), state.width - width - left), 0)


def extreme_case():
    f = Film("levels of every size, cut products", 48, 16)
    photo(f.canvas, 11)
    f.piece("777")
    sizes = [1, 2, 13, 14, 15, 16, 17, 30, 31, 255, 256, 1000, 32767, 32768, 65000, 65549]
    for step in (1, 7, 63):
        n = Numbers(f"levels {step}")
        transforms = {}
        for column, count in ((0, 6), (1, 12), (2, 6)):
            levels = [[0] * 64 for _ in range(count)]
            for part in levels[1:]:
                for _ in range(1 + n.below(4)):
                    part[n.below(64)] = sizes[n.below(len(sizes))] * (1, -1)[n.below(2)]
            levels[-1] = [sizes[n.below(len(sizes))] * (1, -1)[n.below(2)] for _ in range(64)]
            transforms[column, 0] = {"levels": levels, "vector": (-column, 0)}
        f.piece("8fe", step=step, transforms=transforms)
    f.piece("8fe", transforms={(k, 0): {"levels": [[0] * 64] * (6, 12, 6)[k], "vector": (0, 0)} for k in range(3)})
    return f


def mixed_cases():
    cases = []
    for width, height, count in ((70, 50, 8), (64, 48, 6), (33, 65, 6), (16, 16, 12)):
        f, n = Film(f"everything mixed, {width}x{height}", width, height), Numbers(f"mixed {width}")
        for k in range(count):
            px_scenes.change(f.canvas, n)
            mixed_update(f, n)
        cases.append(f.case())
    return cases


def mixed_update(f, n):
    state, columns = f.writer, f.writer.columns
    parts = [0, state.rows] if n.below(3) else sorted({0, n.below(state.rows), state.rows})
    for first, end in zip(parts, parts[1:]):
        vectors = tuple((n.below(9) - 4, n.below(25) - 12) for _ in range(n.below(5))) if n.below(2) else state.vectors
        modes, transforms, last_mode = [], {}, 0
        for row in range(first, end):
            line = ""
            for column in range(columns):
                mode = last_mode if n.below(5) < 2 else n.below(16)
                last_mode = mode = mode if allowed(state, vectors, (column, row), mode) else (0, 6, 7)[n.below(3)]
                if mode == 14:
                    vector = inside(state, (column, row), n)
                    transforms[column, row - first] = {"vector": vector, "levels": (None, "near")[n.below(2)]}
                line += f"{mode:x}"
            modes.append(line)
        f.piece(*modes, first=first, last=end == state.rows, vectors=vectors, transforms=transforms, step=1 + n.below(63))


def allowed(state, vectors, block, mode):
    if mode == 5:
        return False
    k = mode - 1 if mode in (1, 2, 3, 4) else mode - 9 if mode in (9, 10, 11, 12) else None
    return k is None or k < len(vectors) and state.inside(state.area(*block), vectors[k])


def end_cases():
    """How a content may end: zeros left out, and zeros that were not."""
    found = {}
    for k in range(40):
        f, n = Film("", 16, 16), Numbers(f"end {k}")
        for row in range(16):
            f.canvas[row][n.below(16)] = n.below(4) * 0x404040
        left_out = spare(f.piece("7"))
        f.name = f"{left_out} zeros left out at the end"
        found.setdefault(left_out, f)
    if set(found) != {3, 4}:
        raise SystemExit("px: no content with three and one with four zeros left out")
    cases = [found[k].case() for k in (3, 4)]
    for zeros in (1, 2, 4):
        f = Film(f"{zeros} zeros at the end not left out", 16, 16)
        f.kind = "read"
        f.writer.now = list(found[4].writer.now)
        f.take(found[4].steps[0]["piece"] + bytes(zeros))
        cases.append(f.case())
    return cases


def spare(content):
    """How many zero bytes a reader takes in behind the end."""
    reader = px.px_range.Reader({}, content)
    state = px.State(16, 16)
    reader.model = state.model
    px.code_piece(reader, state, None, None)
    return reader.at - len(content)


def started(name, width=70, height=50):
    f = Film(name, width, height)
    rectangle(f.canvas, 0, 0, width, height, 0xC0C0C0)
    text(f.canvas, 3, 4, "refused", 0x800000, 0xC0C0C0)
    f.piece("7" * f.writer.columns, *["7" * f.writer.columns] * (f.writer.rows - 1))
    return f


def head_errors():
    empty = "00000"
    return [
        started("first row behind the last").wrong("InvalidValue", empty, first=4),
        started("first row 1023").wrong("InvalidValue", empty, first=1023),
        started("rows beyond the last").wrong("InvalidValue", empty, empty, first=3),
        started("1024 rows").wrong("InvalidValue", *[empty] * 1024),
        started("step 0").wrong("InvalidValue", empty, step=0),
        *(started(f"{k} vectors").wrong("InvalidValue", empty, vectors=((0, 1),) * k) for k in (5, 6, 7)),
    ]


def block_errors():
    zeros, cases = "00000", []
    for name, mode in (("copy", "1"), ("moved", "9")):
        def bad(what, vector, column, row, name=name, mode=mode):
            modes = "0" * column + mode + "0" * (4 - column)
            cases.append(started(f"{name}: {what}").wrong("InvalidValue", modes, first=row, vectors=(vector,) if vector else ()))
        bad("no such vector", None, 0, 0)
        bad("source left of the screen", (-1, 0), 0, 1)
        bad("source above the screen", (0, -1), 1, 0)
        bad("source right of the screen", (7, 0), 3, 1)
        bad("source below the screen", (0, 3), 1, 2)
        bad("source of an edge block right of the screen", (1, 0), 4, 1)
        bad("source of an edge block below the screen", (0, 1), 1, 3)
        bad("source far outside", (-32767, 32767), 1, 1)
    cases.append(started("copy by vector 4 of three").wrong("InvalidValue", "40000", vectors=((0, 1),) * 3))
    for name, block, vector in (("left of", (1, 1), (-17, 0)), ("below", (1, 3), (0, 1)), ("far outside", (2, 2), (32767, -32767))):
        modes = "0" * block[0] + "e" + "0" * (4 - block[0])
        transforms = {(block[0], 0): {"vector": vector, "levels": None}}
        cases.append(started(f"motion: source {name} the screen").refuse("InvalidValue", outside(modes, block[1], transforms)))
    cases.append(started("a place of the ring that is not filled").wrong("InvalidValue", "50000", places={(0, 0): 0}))
    f = started("a place behind those that are filled")
    for _ in range(4):
        f.piece(zeros)
    f.piece("77700")
    cases.append(f.wrong("InvalidValue", "50000", places={(0, 0): 3}))
    f = started("the ring for an edge block")
    for _ in range(4):
        f.piece(zeros)
    f.piece("77700")
    cases.append(f.wrong("InvalidValue", "00005", places={(4, 0): 0}))
    for mode in ("1", "6", "7", "8", "d", "e"):
        f = started(f"a block twice in one update, mode {mode}")
        f.piece("07000", last=False, vectors=((0, 0),))
        cases.append(f.wrong("InvalidValue", "0" + mode + "000", vectors=((0, 0),)))
    return cases


def outside(modes, first, transforms):
    """A motion block whose writer does not look where its source lies."""
    f = started("")
    f.writer.inside = lambda area, vector: True
    f.writer.before += [0] * 40000000
    f.writer.pixels_of = lambda picture, area: [[0] * area[2] for _ in range(area[3])]
    return px.write(f.writer, px.Piece(first, [[int(digit, 16) for digit in modes]], transforms=transforms), list(f.writer.now))


def stream_errors():
    cases = []
    for name, number in (("one pixel too long", 71), ("far too long", 65534)):
        f = started(f"a predicted run {name}")
        rectangle(f.canvas, 30, 20, 1, 1, 0)
        cases.append(f.wrong("InvalidValue", "66666", "66666", wrong=("predictedLength", number)))
    for name, number in (("as long as foretold", None), ("far too long", 65534)):
        f = started(f"a flat run {name}")
        rectangle(f.canvas, 0, 0, 70, 50, 0)
        f.piece("77777", "77777")
        rectangle(f.canvas, 30, 0, 1, 1, 0x112233)
        cases.append(f.wrong("InvalidValue", "77777", wrong=("flatLength", number or 70)))
    for mode in ("7", "d", "8", "f"):
        for name, part in (("half", 2), ("three quarters", 4)):
            f = started(f"a content of mode {mode} cut to {name}")
            noise(f.canvas, Numbers("cut"))
            cases.append(f.wrong("Truncated", mode * 5, mode * 5, change=lambda c, p=part: c[:len(c) // 2] if p == 2 else c[:len(c) * 3 // 4]))
    cases.append(started("five bytes missing at the end").wrong("Truncated", "ddddd", change=lambda c: c[:-5]))
    f = started("only the first twenty bytes")
    noise(f.canvas, Numbers("head"))
    cases.append(f.wrong("Truncated", "ddddd", change=lambda c: c[:20]))
    cases.append(started("one byte too many").wrong("TrailingBytes", "77777", change=lambda c: c + b"\x01\x02\x03\x04\x05"))
    cases.append(started("zeros that no reader takes in").wrong("TrailingBytes", "00000", change=lambda c: c + bytes(5)))
    cases.append(started("a whole piece behind a piece").wrong("TrailingBytes", "00000", change=lambda c: c + bytes(3) + c * 40))
    return cases
