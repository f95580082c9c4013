"""drawing.json."""

import drawing_and_facts
from cases_channels import case
from wire import u8, u16


def documents():
    return {"drawing.json": {"chapter": "11-drawing", "about": "Messages of the drawing channel.", "cases": drawing_cases()}}


def drawing_cases():
    cases = []

    def c(message, name, data, error=None):
        cases.append(case(f"{message}: {name}", message, "viewer", data, drawing_and_facts.drawing, error))
    point = u16(100) + u16(200)
    c("SPOT", "inside", b"\1" + point)
    c("SPOT", "the corner", b"\1" + bytes(4))
    c("SPOT", "largest", b"\1" + b"\xff" * 4)
    c("SPOT", "cut short", b"\1" + point[:3], "Truncated")
    c("SPOT", "only a type", b"\1", "Truncated")
    c("SPOT", "a byte behind", b"\1" + point + b"\0", "TrailingBytes")
    for shape in range(1, 5):
        for kept in (0, 1):
            c("BEGIN", f"shape {shape}, kept {kept}", b"\3" + u8(shape) + u8(kept) + point)
    for shape in (0, 5, 255):
        c("BEGIN", f"shape {shape}", b"\3" + u8(shape) + b"\0" + point, "InvalidValue")
    for kept in (2, 255):
        c("BEGIN", f"kept is {kept}", b"\3\1" + u8(kept) + point, "InvalidValue")
    c("BEGIN", "without a place", b"\3\1\0", "Truncated")
    c("BEGIN", "place cut short", b"\3\1\0" + point[:3], "Truncated")
    c("BEGIN", "without kept", b"\3\1", "Truncated")
    c("BEGIN", "a byte behind", b"\3\1\0" + point + b"\0", "TrailingBytes")
    c("POINTS", "one", b"\4\1" + point)
    c("POINTS", "three", b"\4\3" + b"".join(u16(x) + u16(y) for x, y in ((0, 0), (65535, 1), (7, 65535))))
    c("POINTS", "64", b"\4\x40" + b"".join(u16(n) + u16(64 - n) for n in range(64)))
    c("POINTS", "none", b"\4\0", "InvalidValue")
    c("POINTS", "65", b"\4\x41" + point * 65, "InvalidValue")
    c("POINTS", "count of all ones", b"\4\xff" + point, "InvalidValue")
    c("POINTS", "fewer than the count", b"\4\2" + point, "Truncated")
    c("POINTS", "last point cut short", b"\4\1" + point[:3], "Truncated")
    c("POINTS", "without count", b"\4", "Truncated")
    c("POINTS", "more than the count", b"\4\1" + point * 2, "TrailingBytes")
    for kind, message in ((2, "SPOT_OFF"), (5, "DONE"), (6, "UNDO"), (7, "CLEAR")):
        c(message, "alone", u8(kind))
        c(message, "a byte behind", u8(kind) + b"\0", "TrailingBytes")
    c("CLEAR", "nothing at all", b"", "Truncated")
    for kind in (0, 8, 255):
        c("CLEAR", f"type {kind}", u8(kind), "UnknownType")
    return cases
