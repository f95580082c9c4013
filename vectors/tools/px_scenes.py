"""What the cases of px.json show: text, photographs, noise. Nothing here belongs to the format."""

import hashlib


class Numbers:
    """Small numbers out of a name, always the same."""

    def __init__(self, name):
        self.name, self.count, self.data = name, 0, b""

    def below(self, limit):
        if len(self.data) < 4:
            self.data = hashlib.sha256(f"{self.name} {self.count}".encode()).digest()
            self.count += 1
        value, self.data = int.from_bytes(self.data[:4], "big"), self.data[4:]
        return value % limit


def rectangle(canvas, left, top, width, height, color):
    for y in range(max(top, 0), min(top + height, len(canvas))):
        for x in range(max(left, 0), min(left + width, len(canvas[0]))):
            canvas[y][x] = color


def put(canvas, area, rows):
    for k, row in enumerate(rows):
        canvas[area[1] + k][area[0]:area[0] + area[2]] = row


def move(canvas, old, area, vector):
    left, top, width, height = area
    put(canvas, area, [old[y + vector[1]][left + vector[0]:left + vector[0] + width] for y in range(top, top + height)])


def text(canvas, left, top, string, ink, paper):
    """Letters of 5x7 dots, with softened edges; which dots is a hash of the letter."""
    soft = sum(((ink >> s & 255) + (paper >> s & 255)) // 2 << s for s in (0, 8, 16))
    for k, letter in enumerate(string):
        n = Numbers(f"letter {letter}")
        for y in range(7):
            for x in range(5):
                if n.below(5) < 2 and letter != " ":
                    rectangle(canvas, left + 6 * k + x, top + y, 1, 1, soft if n.below(3) == 0 else ink)


def words(canvas, paper, ink):
    rectangle(canvas, 0, 0, len(canvas[0]), len(canvas), paper)
    for k, y in enumerate(range(2, len(canvas) - 6, 9)):
        text(canvas, 2, y, ("the lines of a page", "are made of letters")[k % 2], ink, paper)


def scroll(canvas, rows):
    canvas[:] = [list(row) for row in canvas[rows:] + canvas[:rows]]


def gradient(canvas):
    for y, row in enumerate(canvas):
        row[:] = [(x * 4 % 256) << 16 | (y * 4 % 256) << 8 | (x + y) % 256 for x in range(len(row))]


def photo(canvas, number):
    """Soft hills of light with a little noise."""
    n = Numbers(f"photo {number}")
    bumps = [(n.below(80), n.below(60), 8 + n.below(30), n.below(3) * 8, 40 + n.below(90)) for _ in range(6)]
    for y, row in enumerate(canvas):
        for x in range(len(row)):
            color = [60, 70, 80]
            for bx, by, size, channel, height in bumps:
                rise = height * size * size // (size * size + (x - bx) ** 2 + (y - by) ** 2)
                color[channel // 8] += rise
                color[1] += rise // 2
            row[x] = sum(min(c + n.below(5), 255) << s for c, s in zip(color, (0, 8, 16), strict=True))


def noise(canvas, n):
    for row in canvas:
        row[:] = [n.below(2**24) for _ in row]


def speckle(canvas, n, count):
    colors = [0x000000, 0xFFFFFF, 0xFF0000, 0x00A0FF] + [n.below(2**24) for _ in range(12)]
    for _ in range(count):
        rectangle(canvas, n.below(len(canvas[0])), n.below(len(canvas)), 1 + n.below(3), 1, colors[n.below(len(colors))])


def change(canvas, n):
    width, height = len(canvas[0]), len(canvas)
    kind = n.below(5)
    if kind == 0:
        rectangle(canvas, n.below(width), n.below(height), n.below(40), n.below(30), n.below(2**24))
    elif kind == 1:
        text(canvas, n.below(width), n.below(height), "mixed", n.below(2**24), 0xFFFFFF)
    elif kind == 2:
        scroll(canvas, n.below(height))
    elif kind == 3:
        photo(canvas, 100 + n.below(9))
    else:
        words(canvas, 0xFFFFFF, n.below(2**24))
