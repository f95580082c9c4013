"""Reference of chapter 08: decoder of file messages, and the rules of names."""

import unicodedata

from channels import MAX_NUMBER, Reader
from wire import refuse_if

TYPES = {1: "OFFER", 2: "ACCEPT", 3: "REFUSE", 4: "START", 5: "CHUNK", 6: "CREDIT", 7: "PAUSE", 8: "PROCEED", 9: "FINISH",
         10: "VERIFIED", 11: "CANCEL", 12: "RENEWED", 13: "REQUEST", 14: "ANSWER", 15: "SEEN"}
OF_SENDER, OF_RECEIVER = {"OFFER", "START", "CHUNK", "FINISH"}, {"ACCEPT", "REFUSE", "CREDIT", "VERIFIED"}
MOST_BYTES, MOST_TIME, MOST_CREDIT, MOST_CONTENT = 10_000_000_000, 253_402_300_799_999, 1_048_576, 16_371


def message(data, sender):
    r = Reader(data)
    name = TYPES.get(r.unsigned(1))
    refuse_if(name is None or name == "REQUEST" and sender == "host" or name == "ANSWER" and sender == "viewer", "UnknownType")
    fields = FIELDS.get(name, lambda r, f: f)(r, {} if name in ("RENEWED", "REQUEST", "ANSWER", "SEEN") else {"id": identity(r, name, sender)})
    r.end()
    return name, fields


def identity(r, name, sender):
    number = r.from_one()
    is_senders = (number % 2 == 1) == (sender == "viewer")
    refuse_if(name in OF_SENDER and not is_senders or name in OF_RECEIVER and is_senders, "InvalidValue")
    return number


def offer(r, f):
    f |= {"group": r.from_one(), "size": r.limited(8, 0, MOST_BYTES), "modified": r.limited(8, 0, MOST_TIME)}
    return f | {"path": [r.text(1, 200) for _ in range(r.limited(1, 1, 8))]}


def accept(r, f):
    f |= {"offset": r.limited(8, 0, MOST_BYTES), "hash": r.take(32)}
    return f | {"credit": r.limited(8, f["offset"], f["offset"] + MOST_CREDIT)}


def chunk(r, f):
    f |= {"offset": r.limited(8, 0, MOST_BYTES)}
    refuse_if(not r.left, "Truncated")
    refuse_if(r.left > MOST_CONTENT, "LengthOutOfRange")
    return f | {"content": r.rest()}


FIELDS = {
    "OFFER": offer,
    "ACCEPT": accept,
    "START": lambda r, f: f | {"offset": r.limited(8, 0, MOST_BYTES)},
    "CHUNK": chunk,
    "CREDIT": lambda r, f: f | {"credit": r.limited(8, 0, MOST_BYTES)},
    "FINISH": lambda r, f: f | {"hash": r.take(32)},
    "REFUSE": lambda r, f: f | {"reason": r.limited(1, 1, 10)},
    "CANCEL": lambda r, f: f | {"reason": r.limited(1, 1, 10)},
    "VERIFIED": lambda r, f: f | {"name": r.text(1, 208)},
    "REQUEST": lambda r, f: f | {"request": r.from_one(), "what": r.text(0, 200)},
    "RENEWED": lambda r, f: f | {"round": r.from_one(), "offers": r.limited(2, 0, 1000)},
    "SEEN": lambda r, f: f | {"round": r.from_one()},
    "ANSWER": lambda r, f: f | {"request": r.from_one(), "group": r.unsigned(4)},
}

INVISIBLE = [(0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180E, 0x180E), (0x200B, 0x200F),
             (0x2028, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB),
             (0xFDD0, 0xFDEF), (0xE0000, 0xE00FF)]
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {port + digit for port in ("com", "lpt") for digit in "0123456789¹²³"}


def lower(text):
    """ASCII only."""
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)


def refusal_of(units):
    """The reason of chapter 08, "Names", or None; units are UTF-16, big-endian."""
    if not units:
        return "empty"
    try:
        name = units.decode("utf-16-be", "strict")
    except UnicodeDecodeError:
        return "surrogate"
    points = [ord(c) for c in name]
    if len(units) > 240 or len(name.encode()) > 200:
        return "too-long"
    if any(p < 0x20 or 0x7F <= p <= 0x9F for p in points):
        return "control"
    if any(c in '/\\:*?"<>|' for c in name):
        return "character"
    if any(first <= p <= last for p in points for first, last in INVISIBLE) or any(p & 0xFFFE == 0xFFFE for p in points):
        return "invisible"
    if name in (".", ".."):
        return "dots"
    if name[-1] in ". ":
        return "ending"
    if lower(name).split(".")[0].rstrip(" ") in DEVICES:
        return "device"
    if lower(name).startswith(".nabij-"):
        return "own"
    if unicodedata.normalize("NFC", name) != name:
        return "not-composed"
    return None
