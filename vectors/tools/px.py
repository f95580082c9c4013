"""Codec 2 of chapter 05 ("PX"): state, pieces and the map, for both directions, written from the chapter alone."""

import hashlib
import sys
from array import array
from dataclasses import dataclass, field

import px_pixels
import px_range
import px_transform
from wire import refuse_if

RING = 8192
PIXEL_MODES = (6, 7, 9, 10, 11, 12, 13)
TRANSFORM_MODES = (8, 14, 15)


@dataclass
class Piece:
    """What one piece says. Blocks are (column, row of the piece). `transforms` is needed only to write: for each block of modes
    8, 14 and 15 its `levels` (px_transform.code_block) and, for mode 14, `vector`; (0, 0) and levels near the target else."""

    first_row: int
    modes: list
    step: int = 20
    vectors: tuple = ()
    places: dict = field(default_factory=dict)
    transforms: dict = field(default_factory=dict)
    motions: dict = field(default_factory=dict)


class State:
    """What both sides keep for a layout."""

    def __init__(self, width, height):
        self.width, self.height, self.stride = width, height, width + 8
        self.columns, self.rows = (width + 15) // 16, (height + 15) // 16
        self.now = [0] * (self.stride * (height + 2))
        self.before = list(self.now)
        self.update = 1
        self.coded = {}  # block: (update, whether approximated)
        self.ring, self.next, self.last_place = {}, 0, RING - 1
        self.vectors = ()
        self.model, self.wide, self.narrow, self.cache = {}, {}, {}, [0] * 256

    def place(self, x, y):
        return (y + 2) * self.stride + x + 4

    def area(self, column, row):
        left, top = column * 16, row * 16
        return left, top, min(16, self.width - left), min(16, self.height - top)

    def inside(self, area, vector):
        left, top, width, height = area[0] + vector[0], area[1] + vector[1], area[2], area[3]
        return left >= 0 and top >= 0 and left + width <= self.width and top + height <= self.height

    def pixels_of(self, picture, area):
        left, top, width, height = area
        return [picture[self.place(left, y):self.place(left + width, y)] for y in range(top, top + height)]

    def put(self, picture, area, rows):
        for k, row in enumerate(rows):
            at = self.place(area[0], area[1] + k)
            picture[at:at + area[2]] = row

    def end_update(self):
        for (column, row), (update, _) in self.coded.items():
            if update == self.update:
                area = self.area(column, row)
                self.put(self.before, area, self.pixels_of(self.now, area))
        self.update += 1

    def rgb(self):
        pixels = array("I", [p for row in self.pixels_of(self.now, (0, 0, self.width, self.height)) for p in row])
        if sys.byteorder == "little":
            pixels.byteswap()
        words, rgb = pixels.tobytes(), bytearray(3 * len(pixels))
        for channel in range(3):
            rgb[channel::3] = words[channel + 1::4]
        return bytes(rgb)

    def hash(self):
        return hashlib.sha256(self.rgb()).digest()


def write(state, piece, target, wrong=None, may_stop=False):
    """The content of a piece; `target` holds the pixels, laid out as State.now. A piece that is wrong on purpose may stop."""
    coder = px_range.Writer(state.model, wrong)
    try:
        code_piece(coder, state, piece, target)
    except px_range.Stop:
        if not may_stop:
            raise
    return coder.end()


def read(state, content, late=False):
    coder = px_range.Reader(state.model, content, late)
    piece = code_piece(coder, state, None, None)
    coder.end()
    return piece


def code_piece(coder, state, given, target):
    piece = code_head(coder, state, given)
    code_map(coder, state, piece, given)
    if coder.writing:
        piece.transforms = given.transforms
    take_from_ring(state, piece)
    begin_blocks(state, piece)
    for mode in PIXEL_MODES:
        for column, row, columns, rows in groups(piece.modes, mode):
            left, top, _, _ = state.area(column, piece.first_row + row)
            area = (left, top, min(columns * 16, state.width - left), min(rows * 16, state.height - top))
            source = None if mode in (7, 13) else 0
            if mode in (9, 10, 11, 12):
                x, y = piece.vectors[mode - 9]
                source = y * state.stride + x
            px_pixels.Group(coder, state, area, source, target).code(mode == 13)
    for row, modes in enumerate(piece.modes):
        for column, mode in enumerate(modes):
            if mode in TRANSFORM_MODES:
                px_transform.code_block(coder, state, piece, column, row, target)
    return piece


def code_head(coder, state, given):
    first = coder.tree("firstRow", 10, given and given.first_row)
    count = coder.tree("rowCount", 10, given and len(given.modes) - 1) + 1
    stop_if(coder, first + count > state.rows)
    step = coder.tree("step", 6, given and given.step)
    stop_if(coder, step == 0)
    if coder.bit("sameVectors", 0, given and int(given.vectors != state.vectors)):
        number = coder.tree("vectorCount", 3, given and len(given.vectors))
        stop_if(coder, number > 4)
        state.vectors = tuple(tuple(coder.signed(name, given and given.vectors[k][axis])
                                    for axis, name in enumerate(("vectorX", "vectorY"))) for k in range(number))
    return Piece(first, [[0] * state.columns for _ in range(count)], step, state.vectors)


def stop_if(coder, wrong):
    """Refuses; a writer of a piece that is wrong on purpose ends it here."""
    if wrong and coder.writing:
        raise px_range.Stop
    refuse_if(wrong, "InvalidValue")


def code_map(coder, state, piece, given):
    had_any = 0
    for row, modes in enumerate(piece.modes):
        had_any = coder.bit("rowAny", had_any, given and int(any(given.modes[row])))
        if not had_any:
            continue
        for column in range(state.columns):
            left = modes[column - 1] if column > 0 else 0
            upper = piece.modes[row - 1][column] if row > 0 else 0
            modes[column] = code_mode(coder, left, upper, given and given.modes[row][column])
            if modes[column] == 5:
                code_place(coder, state, piece, (column, row), given)
            stop_if(coder, not allowed(state, piece, column, row))


def code_mode(coder, left, upper, mode):
    if not coder.bit("sameAsLeft", 16 * left + upper, mode is not None and int(mode != left)):
        return left
    if upper != left and not coder.bit("sameAsUpper", 16 * left + upper, mode is not None and int(mode != upper)):
        return upper
    return coder.tree("mode", 4, mode, 16 * left)


def code_place(coder, state, piece, block, given):
    place, following = given and given.places[block], (state.last_place + 1) % RING
    if coder.bit("nextInRing", 0, given and int(place != following)):
        following = coder.even_bits(13, place)
    state.last_place = piece.places[block] = following


def allowed(state, piece, column, row):
    mode, block = piece.modes[row][column], (column, piece.first_row + row)
    area = state.area(*block)
    if mode == 0:
        return True
    if state.coded.get(block, (0, False))[0] == state.update:
        return False
    if mode == 5:
        return area[2] == area[3] == 16 and piece.places[column, row] in state.ring
    vector = mode - 1 if mode in (1, 2, 3, 4) else mode - 9 if mode in (9, 10, 11, 12) else None
    return vector is None or vector < len(piece.vectors) and state.inside(area, piece.vectors[vector])


def take_from_ring(state, piece):
    for (column, row), place in piece.places.items():
        state.put(state.now, state.area(column, piece.first_row + row), state.ring[place])


def begin_blocks(state, piece):
    for row, modes in enumerate(piece.modes):
        for column, mode in enumerate(modes):
            if mode == 0:
                continue
            block = column, piece.first_row + row
            area, (update, approximated) = state.area(*block), state.coded.get(block, (0, False))
            if area[2] == area[3] == 16 and state.update - update >= 5 and not approximated:
                state.ring[state.next] = state.pixels_of(state.before, area)
                state.next = (state.next + 1) % RING
            state.coded[block] = state.update, mode in TRANSFORM_MODES
            if mode in (1, 2, 3, 4):
                x, y = piece.vectors[mode - 1]
                source = area[0] + x, area[1] + y, area[2], area[3]
                state.put(state.now, area, state.pixels_of(state.before, source))


def groups(modes, mode):
    """Column, row, columns and rows of each group."""
    if not any(mode in row for row in modes):
        return
    free = [[m == mode for m in row] for row in modes]
    for row, line in enumerate(free):
        for column in range(len(line)):
            if not line[column]:
                continue
            columns = next((k for k in range(column, len(line)) if not line[k]), len(line)) - column
            rows = 1
            while row + rows < len(free) and all(free[row + rows][column:column + columns]):
                rows += 1
            for k in range(rows):
                free[row + k][column:column + columns] = [False] * columns
            yield column, row, columns, rows
