"""Codec 2 of chapter 05: the modes that approximate, and a forward transform in integers to make cases with."""

from wire import refuse_if

FIRST_COLUMN = ((64, 64, 64, 64), (89, 75, 50, 18), (83, 36, -36, -83), (75, -18, -89, -50),
                (64, -64, -64, 64), (50, -89, 18, 75), (36, -83, 83, -36), (18, -50, 75, -89))
MATRIX = [list(half) + [k * (1 if u % 2 == 0 else -1) for k in reversed(half)] for u, half in enumerate(FIRST_COLUMN)]
ZONE = [0] + [1] * 2 + [2] * 3 + [3] * 4 + [4] * 5 + [5] * 6 + [6] * 15 + [7] * 28
SMALLEST, LARGEST = -32768, 32767


def zigzag():
    """Places of the 64 coefficients: along the diagonals, to the right first."""
    order = sorted(((u, v) for v in range(8) for u in range(8)),
                   key=lambda p: (sum(p), p[0] if sum(p) % 2 == 0 else p[1]))
    return [v * 8 + u for u, v in order]


ZIGZAG = zigzag()


def cut(value, least=SMALLEST, most=LARGEST):
    return min(max(value, least), most)


def worth(step, u, v):
    return step * 16 * (100 + 6 * (u + v)) // 100


def inverse(levels, step):
    """64 differences, row by row, of 64 levels in the order of the stream."""
    c = [0] * 64
    for place, level in zip(ZIGZAG, levels, strict=True):
        c[place] = cut(level * worth(step, place % 8, place // 8))
    t = [cut((sum(MATRIX[u][x] * c[v * 8 + u] for u in range(8)) + 64) >> 7) for v in range(8) for x in range(8)]
    return [(sum(MATRIX[v][y] * t[v * 8 + x] for v in range(8)) + 2048) >> 12 for y in range(8) for x in range(8)]


def forward(differences, step):
    """Levels of 64 differences: not part of the format."""
    t = [sum(MATRIX[u][x] * differences[y * 8 + x] for x in range(8)) for y in range(8) for u in range(8)]
    levels = []
    for place in ZIGZAG:
        u, v = place % 8, place // 8
        c = sum(MATRIX[v][y] * t[y * 8 + u] for y in range(8)) / 2**11
        levels.append(int(c / worth(step, u, v) + (0.5 if c >= 0 else -0.5)))
    return levels


def code_levels(coder, q, levels):
    """One part; `levels` None when reading."""
    last = None if levels is None else max((k for k in range(64) if levels[k]), default=-1)
    if not coder.recent(f"coded{q}", 0, None if last is None else int(last >= 0)):
        return [0] * 64
    last = coder.tree("last", 6, last, 64 * q)
    found, f = [0] * 64, 0
    for k in range(last, -1, -1):
        level, zone = None if levels is None else levels[k], ZONE[k]
        if k < last and not coder.bit("significant", 3 * (8 * q + zone) + min(f, 2), int(level != 0)):
            f = max(f - 1, 0)
            continue
        size = 1 + coder.ones("magnitude", 14 * (4 * q + zone // 2), 14, None if level is None else abs(level) - 1)
        if size == 15:
            size += coder.gamma("escape", None if level is None else abs(level) - 15)
        found[k] = -size if coder.even(None if level is None else int(level < 0)) else size
        f += 2 if size > 1 else 1
    return found


def mean_color(state, area):
    """The prediction of modes 8 and 15."""
    left, top, width, height = area
    near = [state.now[state.place(x, top - 1)] for x in range(left, left + width)] if top > 0 else []
    near += [state.now[state.place(left - 1, y)] for y in range(top, top + height)] if left > 0 else []
    if not near:
        return 0x808080
    color = 0
    for shift in (16, 8, 0):
        color |= (sum(pixel >> shift & 255 for pixel in near) + len(near) // 2) // len(near) << shift
    return color


def part_count(mode):
    return 12 if mode == 15 else 6


def code_block(coder, state, piece, column, row, target):
    """`levels` of a block to write: lists of levels, None (nothing differs), or "near": what comes near the target."""
    mode, area = piece.modes[row][column], state.area(column, piece.first_row + row)
    given = piece.transforms.get((column, row), {"levels": "near", "vector": (0, 0)}) if coder.writing else None
    if mode == 14:
        vector = code_vector(coder, piece, column, row, given)
        refuse_if(not state.inside(area, vector), "InvalidValue")
        base = state.pixels_of(state.before, (area[0] + vector[0], area[1] + vector[1], area[2], area[3]))
    else:
        base = [[mean_color(state, area)] * area[2] for _ in range(area[3])]
    levels = [None] * (12 if mode == 15 else 6)
    if coder.writing:
        levels = near(base, state.pixels_of(target, area), mode, piece.step) if given["levels"] == "near" else given["levels"]
    parts = None
    if mode != 14 or code_any(coder, piece, column, row, vector, levels):
        parts = [inverse(code_levels(coder, (2 if mode == 14 else 0) + (k >= 4), part), piece.step)
                 for k, part in enumerate(levels)]
        base = [[add(pixel, *values(parts, x, y)) for x, pixel in enumerate(line)] for y, line in enumerate(base)]
    state.put(state.now, area, base)


def code_vector(coder, piece, column, row, given):
    neighbors = [piece.motions.get(n) for n in ((column - 1, row), (column, row - 1))]
    foretold = next(((n[0], n[1]) for n in neighbors if n), (0, 0))
    return tuple(foretold[k] + coder.signed(name, given["vector"][k] - foretold[k] if given else None)
                 for k, name in enumerate(("motionX", "motionY")))


def code_any(coder, piece, column, row, vector, levels):
    neighbors = [piece.motions.get(n) for n in ((column - 1, row), (column, row - 1))]
    k = sum(n is not None and n[2] for n in neighbors)
    differs = coder.bit("any", k, int(levels is not None) if coder.writing else None) == 1
    piece.motions[column, row] = (*vector, differs)
    return differs


def near(base, wanted, mode, step):
    """Levels that turn the prediction into about what is wanted."""
    planes = [[0] * 256 for _ in range(3)]
    for y, line in enumerate(base):
        for x, pixel in enumerate(line):
            red, green, blue = ((wanted[y][x] >> shift & 255) - (pixel >> shift & 255) for shift in (16, 8, 0))
            light = (77 * red + 150 * green + 29 * blue) // 256
            for plane, value in zip(planes, (light, (blue - light) * 144 // 256, (red - light) * 183 // 256), strict=True):
                plane[y * 16 + x] = value
    parts = [quarter(planes[0], k) for k in range(4)]
    for plane in planes[1:]:
        parts += [quarter(plane, k) for k in range(4)] if mode == 15 else [halved(plane)]
    return [forward(part, step) for part in parts]


def quarter(plane, k):
    return [plane[(k // 2 * 8 + y) * 16 + k % 2 * 8 + x] for y in range(8) for x in range(8)]


def halved(plane):
    return [sum(plane[(2 * y + dy) * 16 + 2 * x + dx] for dy in (0, 1) for dx in (0, 1)) // 4 for y in range(8) for x in range(8)]


def values(parts, x, y):
    """Light, blueness and redness of one pixel."""
    part, fine = x // 8 + y // 8 * 2, (y % 8) * 8 + x % 8
    light = parts[part][fine]
    if len(parts) == 12:
        return light, parts[4 + part][fine], parts[8 + part][fine]
    half = y // 2 * 8 + x // 2
    return light, parts[4][half], parts[5][half]


def add(pixel, light, blueness, redness):
    red = cut((pixel >> 16) + light + ((359 * redness + 128) >> 8), 0, 255)
    green = cut((pixel >> 8 & 255) + light - ((88 * blueness + 183 * redness + 128) >> 8), 0, 255)
    blue = cut((pixel & 255) + light + ((454 * blueness + 128) >> 8), 0, 255)
    return red << 16 | green << 8 | blue
