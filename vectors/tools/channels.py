"""Reference decoders of chapters 04 to 07: fields by name, or Refused."""


import p256
from wire import Refused, refuse_if

MAX_NUMBER = 2**53 - 1
CONTROL = {1: "KEY_UPDATE", 2: "CLOSE", 3: "RESUMED", 0x10: "GRANT", 0x11: "REVOKE", 0x12: "STOPPED", 0x13: "CONTINUED",
           0x14: "ASK", 0x15: "DECLINED", 0x16: "KEEPALIVE", 0x17: "LOCAL_INPUT", 0x18: "PICTURE_KEPT", 0x19: "PICTURE_NOTED", 0x20: "LOG_KEY", 0x21: "LOG_HEAD",
           0x22: "COUNTERSIGNED"}
HOST_ONLY, VIEWER_ONLY = {0x10, 0x11, 0x12, 0x13, 0x15, 0x17, 0x19, 0x20, 0x21}, {0x14, 0x18, 0x22}
NUMBERED = {0x10, 0x11, 0x12, 0x13, 0x15}
KEPT = 1 << 5 | 1 << 6 | 1 << 7


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        refuse_if(self.at + size > len(self.data), "Truncated")
        self.at += size
        return self.data[self.at - size:self.at]

    def unsigned(self, size):
        return int.from_bytes(self.take(size), "big")

    def signed16(self):
        return int.from_bytes(self.take(2), "big", signed=True)

    def from_one(self):
        value = self.unsigned(4)
        refuse_if(value == 0, "InvalidValue")
        return value

    def flag(self):
        value = self.unsigned(1)
        refuse_if(value > 1, "InvalidValue")
        return value == 1

    def limited(self, size, least, most):
        value = self.unsigned(size)
        refuse_if(not least <= value <= most, "InvalidValue")
        return value

    def text(self, least, most, lines=False):
        length = self.unsigned(2)
        refuse_if(not least <= length <= most, "LengthOutOfRange")
        data = self.take(length)
        refuse_if(data.startswith(b"\xef\xbb\xbf"), "InvalidText")
        try:
            value = data.decode("utf-8", "strict")
        except UnicodeDecodeError:
            raise Refused("InvalidText") from None
        allowed = "\t\n" if lines else ""
        refuse_if(any((ord(c) < 32 or 0x7F <= ord(c) < 0xA0) and c not in allowed for c in value), "InvalidText")
        return value

    def rest(self):
        return self.take(len(self.data) - self.at)

    @property
    def left(self):
        return len(self.data) - self.at

    def end(self):
        refuse_if(self.left, "TrailingBytes")


def control(data, sender):
    r = Reader(data)
    kind = r.unsigned(1)
    refuse_if(kind not in CONTROL or kind in (VIEWER_ONLY if sender == "host" else HOST_ONLY), "UnknownType")
    name, fields = CONTROL[kind], {}
    if name == "CLOSE":
        fields["reason"] = r.limited(1, 1, 7)
    if kind in NUMBERED:
        fields["number"] = r.from_one()
    if name in ("GRANT", "REVOKE", "CONTINUED", "DECLINED", "ASK"):
        fields["permissions"] = r.limited(4, 0 if name in ("REVOKE", "CONTINUED") else 1, 0xFFF)
    if name in ("PICTURE_KEPT", "PICTURE_NOTED"):
        fields["picture"] = r.take(16)
    if name == "LOG_KEY":
        fields["key"] = r.take(65)
        refuse_if(not p256.is_point(fields["key"]), "InvalidValue")
    if name == "LOG_HEAD":
        fields |= {"entry": r.limited(4, 1, 4096), "head": r.take(32)}
    if name == "COUNTERSIGNED":
        fields |= {"entry": r.limited(4, 1, 4096), "signature": r.take(64)}
    if name == "STOPPED":
        fields |= {"reason": r.limited(1, 1, 5), "kept": r.unsigned(4)}
        refuse_if(fields["kept"] & ~KEPT, "InvalidValue")
    r.end()
    return name, fields


def screen(data):
    r = Reader(data)
    kind = r.unsigned(1)
    if kind == 1:
        return "LAYOUT", layout(r)
    if kind == 2:
        fields = {"layout": r.from_one(), "update": r.from_one(), "flags": r.limited(1, 0, 3),
                  "captured": r.limited(8, 0, MAX_NUMBER), "codec": r.limited(1, 2, 2)}
        refuse_if(not r.left, "Truncated")
        return "UPDATE", fields | {"content": r.rest()}
    refuse_if(kind != 3, "UnknownType")
    fields = {"layout": r.from_one(), "update": r.from_one(), "hash": r.take(8)}
    r.end()
    return "CHECK", fields


def layout(r):
    fields = {"layout": r.from_one(), "width": r.limited(2, 16, 16384), "height": r.limited(2, 16, 16384)}
    refuse_if(fields["width"] * fields["height"] > 33554432, "InvalidValue")
    fields["displays"] = []
    for _ in range(r.limited(1, 0, 16)):
        d = {name: r.unsigned(2) for name in ("x", "y", "width", "height")}
        inside = d["x"] + d["width"] <= fields["width"] and d["y"] + d["height"] <= fields["height"]
        refuse_if(not inside or not d["width"] or not d["height"], "InvalidValue")
        fields["displays"].append(d | {"name": r.text(0, 64)})
    r.end()
    return fields


def cursor(data):
    r = Reader(data)
    kind = r.unsigned(1)
    refuse_if(kind not in (1, 2, 3), "UnknownType")
    name, fields = {1: "SHAPE", 2: "POSITION", 3: "HIDDEN"}[kind], {}
    if kind == 1:
        width, height = r.limited(2, 1, 256), r.limited(2, 1, 256)
        fields = {"width": width, "height": height, "hotspotX": r.limited(2, 0, width - 1),
                  "hotspotY": r.limited(2, 0, height - 1), "pixels": r.take(width * height * 4)}
    if kind == 2:
        fields = {"x": r.unsigned(2), "y": r.unsigned(2), "own": r.flag()}
    r.end()
    return name, fields


def feedback(data):
    r = Reader(data)
    kind = r.unsigned(1)
    refuse_if(kind not in (1, 2), "UnknownType")
    fields = {"layout": r.from_one()}
    if kind == 1:
        fields |= {"update": r.from_one(), "decode": r.unsigned(4), "present": r.unsigned(4)}
    r.end()
    return ("PRESENTED" if kind == 1 else "REPAIR"), fields


def input_batch(data):
    r, messages = Reader(data), []
    while True:
        refuse_if(len(messages) == 64, "LengthOutOfRange")
        messages.append(input_message(r))
        if not r.left:
            return messages


def input_message(r):
    kind = r.unsigned(1)
    point = lambda: {"x": r.unsigned(2), "y": r.unsigned(2)}
    if kind == 1:
        return {"message": "POINTER_MOVE"} | point()
    if kind == 2:
        return {"message": "POINTER_BUTTON"} | point() | {"button": r.limited(1, 0, 4), "down": r.flag()}
    if kind == 3:
        fields = {"message": "WHEEL"} | point() | {"dx": r.signed16(), "dy": r.signed16()}
        refuse_if(max(abs(fields["dx"]), abs(fields["dy"])) > 3600, "InvalidValue")
        return fields
    if kind == 4:
        fields = {"message": "KEY", "down": r.flag(), "repeat": r.flag(), "code": r.text(0, 32)}
        refuse_if(not (fields["code"] == "" or fields["code"].isascii() and fields["code"].isalnum()), "InvalidText")
        return fields | {"key": r.text(0, 32), "modifiers": r.limited(1, 0, 31), "locks": r.limited(1, 0, 7)}
    if kind == 5:
        return {"message": "TEXT", "text": r.text(1, 1024, lines=True)}
    refuse_if(kind not in (6, 7), "UnknownType")
    return {"message": "RELEASE_ALL" if kind == 6 else "HELD"}


def chat(data, sender):
    r = Reader(data)
    kind = r.unsigned(1)
    refuse_if(kind not in (1, 2, 3, 4) or kind == 4 and sender != "host", "UnknownType")
    fields = {"number": r.limited(8, 1, MAX_NUMBER)}
    if kind == 4:
        fields["person"] = r.limited(1, 1, 255)
    if kind in (1, 4):
        fields["text"] = r.text(1, 8000, lines=True)
        refuse_if(len(fields["text"]) > 2000, "LengthOutOfRange")
    r.end()
    return {1: "LINE", 2: "DELIVERED", 3: "SEEN", 4: "SAID"}[kind], fields


def picture_hash(width, height, update, pixels):
    value = 0xCBF29CE484222325
    for row in range(update % 8, height, 8):
        line = [int.from_bytes(pixels[(row * width + x) * 3:(row * width + x) * 3 + 3], "big") for x in range(width)]
        for x in range(0, width, 2):
            word = line[x] << 32 | (line[x + 1] if x + 1 < width else 0)
            value = (value ^ word) * 0x100000001B3 % 2**64
    return value.to_bytes(8, "big")
