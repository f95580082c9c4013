"""control.json, screen.json, input.json; what chat.json shares with them."""


import channels
import p256
from primitives import sha256
from wire import Refused, u8, u16, u32, u64

BAD_TEXTS = [("overlong slash", b"\xc0\xaf"), ("surrogate", b"\xed\xa0\x80"), ("above U+10FFFF", b"\xf4\x90\x80\x80"),
             ("lone continuation", b"a\x80"), ("sequence cut short", b"\xe2\x82"), ("byte-order mark", b"\xef\xbb\xbfa"),
             ("U+0000", b"a\0"), ("U+001B", b"\x1b[1m"), ("U+007F", b"\x7f"), ("U+0085", b"\xc2\x85")]


def documents():
    return {
        "control.json": {"chapter": "04-channels", "about": "Messages of the control channel.", "cases": control_cases()},
        "screen.json": {"chapter": "05-screen", "about": "Messages of the screen, cursor and feedback channels; the "
                        "picture's hash.", "cases": screen_cases() + cursor_cases() + feedback_cases() + hash_cases()},
        "input.json": {"chapter": "06-input", "about": "Messages of the input channel.", "cases": input_cases()},
    }


def case(name, message, sender, data, decode, error=None, **extra):
    """decode gives (message, fields)."""
    made = {"name": name, "kind": "message", "message": message, "sender": sender} | extra | {"hex": data}
    try:
        got, fields = decode(data)
    except Refused as refused:
        if refused.name != error:
            raise SystemExit(f"{message} {name}: {refused.name}, the case says {error}") from None
        return made | {"error": error}
    if error or got != message:
        raise SystemExit(f"{message} {name}: taken as {got}, the case says {error}")
    return made | {"fields": fields}


def control_cases():
    cases = []

    def c(name, message, sender, data, error=None):
        cases.append(case(f"{message}: {name}", message, sender, data, lambda d: channels.control(d, sender), error))
    types = {name: u8(kind) for kind, name in channels.CONTROL.items()}
    for message in ("KEY_UPDATE", "RESUMED", "KEEPALIVE"):
        for sender in ("host", "viewer"):
            c(f"from the {sender}", message, sender, types[message])
        c("a byte behind", message, "host", types[message] + b"\0", "TrailingBytes")
    for reason in range(1, 8):
        c(f"reason {reason}", "CLOSE", "host" if reason % 2 else "viewer", types["CLOSE"] + u8(reason))
    for reason in (0, 8, 255):
        c(f"reason {reason}", "CLOSE", "host", types["CLOSE"] + u8(reason), "InvalidValue")
    c("without reason", "CLOSE", "viewer", types["CLOSE"], "Truncated")
    c("a byte behind", "CLOSE", "viewer", types["CLOSE"] + b"\1\0", "TrailingBytes")
    for message in ("GRANT", "REVOKE", "CONTINUED", "DECLINED"):
        numbered_cases(c, message, types[message])
    stopped = types["STOPPED"]
    for reason in range(1, 6):
        c(f"reason {reason}", "STOPPED", "host", stopped + u32(reason) + u8(reason) + u32(0))
    for reason in (0, 6, 255):
        c(f"reason {reason}", "STOPPED", "host", stopped + u32(1) + u8(reason) + u32(0), "InvalidValue")
    c("largest number", "STOPPED", "host", stopped + u32(2**32 - 1) + u8(1) + u32(0))
    c("chat and files kept", "STOPPED", "host", stopped + u32(1) + u8(2) + u32(0xE0))
    c("chat kept", "STOPPED", "host", stopped + u32(1) + u8(3) + u32(0x80))
    for bit in (0, 1, 2, 3, 4, 8, 11, 12, 31):
        c(f"bit {bit} kept", "STOPPED", "host", stopped + u32(1) + u8(2) + u32(0x80 | 1 << bit), "InvalidValue")
    c("number 0", "STOPPED", "host", stopped + u32(0) + u8(1) + u32(0), "InvalidValue")
    c("without number", "STOPPED", "host", stopped, "Truncated")
    c("number cut short", "STOPPED", "host", stopped + bytes(2) + b"\1", "Truncated")
    c("without reason", "STOPPED", "host", stopped + u32(1), "Truncated")
    c("kept cut short", "STOPPED", "host", stopped + u32(1) + u8(1) + bytes(3), "Truncated")
    c("a byte behind", "STOPPED", "host", stopped + u32(1) + u8(1) + u32(0) + b"\0", "TrailingBytes")
    c("from the viewer", "STOPPED", "viewer", stopped + u32(1) + u8(1) + u32(0), "UnknownType")
    c("from the host", "LOCAL_INPUT", "host", types["LOCAL_INPUT"])
    c("a byte behind", "LOCAL_INPUT", "host", types["LOCAL_INPUT"] + b"\0", "TrailingBytes")
    c("from the viewer", "LOCAL_INPUT", "viewer", types["LOCAL_INPUT"], "UnknownType")
    c("control", "ASK", "viewer", types["ASK"] + u32(6))
    c("everything", "ASK", "viewer", types["ASK"] + u32(0xFFF))
    c("nothing", "ASK", "viewer", types["ASK"] + u32(0), "InvalidValue")
    c("bit 12", "ASK", "viewer", types["ASK"] + u32(1 << 12 | 1), "InvalidValue")
    c("bit 31", "ASK", "viewer", types["ASK"] + u32(1 << 31 | 1), "InvalidValue")
    c("cut short", "ASK", "viewer", types["ASK"] + bytes(2), "Truncated")
    c("a byte behind", "ASK", "viewer", types["ASK"] + u32(6) + b"\0", "TrailingBytes")
    c("from the host", "ASK", "host", types["ASK"] + u32(6), "UnknownType")
    picture_cases(c, types)
    log_cases(c, types)
    c("no type", "GRANT", "host", b"", "Truncated")
    for kind in (0, 4, 0x0F, 0x1A, 0x1F, 0x23, 0xFF):
        c(f"type {kind:#04x}", "GRANT", "host", u8(kind) + u32(1) + u32(1), "UnknownType")
    return cases


def picture_cases(c, types):
    number = sha256(b"a picture")[:16]
    for message, sender, other in (("PICTURE_KEPT", "viewer", "host"), ("PICTURE_NOTED", "host", "viewer")):
        kind = types[message]
        c("a picture", message, sender, kind + number)
        c("a number of zeros", message, sender, kind + bytes(16))
        c("the highest number", message, sender, kind + b"\xff" * 16)
        c("without number", message, sender, kind, "Truncated")
        c("cut short", message, sender, kind + number[:-1], "Truncated")
        c("a byte behind", message, sender, kind + number + b"\0", "TrailingBytes")
        c("from the other side", message, other, kind + number, "UnknownType")


def log_cases(c, types):
    key, head, answer = types["LOG_KEY"], types["LOG_HEAD"], types["COUNTERSIGNED"]
    point = p256.public_point(p256.private_key("nabij vectors log key"))
    digest, signature = sha256(b"a head"), sha256(b"r") + sha256(b"s")
    c("a key", "LOG_KEY", "host", key + point)
    c("no point of the curve", "LOG_KEY", "host", key + point[:-1] + bytes([point[-1] ^ 1]), "InvalidValue")
    c("compressed", "LOG_KEY", "host", key + b"\2" + point[1:], "InvalidValue")
    c("cut short", "LOG_KEY", "host", key + point[:-1], "Truncated")
    c("a byte behind", "LOG_KEY", "host", key + point + b"\0", "TrailingBytes")
    c("from the viewer", "LOG_KEY", "viewer", key + point, "UnknownType")
    for message, sender, kind, rest in (("LOG_HEAD", "host", head, digest), ("COUNTERSIGNED", "viewer", answer, signature)):
        c("the first entry", message, sender, kind + u32(1) + rest)
        c("the last entry there may be", message, sender, kind + u32(4096) + rest)
        c("entry 0", message, sender, kind + u32(0) + rest, "InvalidValue")
        c("an entry too many", message, sender, kind + u32(4097) + rest, "InvalidValue")
        c("cut short", message, sender, kind + u32(1) + rest[:-1], "Truncated")
        c("a byte behind", message, sender, kind + u32(1) + rest + b"\0", "TrailingBytes")
        c("from the other side", message, "viewer" if sender == "host" else "host", kind + u32(1) + rest, "UnknownType")


def numbered_cases(c, message, kind):
    c("look", message, "host", kind + u32(1) + u32(1))
    c("all permissions, largest number", message, "host", kind + u32(2**32 - 1) + u32(0xFFF))
    c("no permission", message, "host", kind + u32(2) + u32(0), None if message in ("REVOKE", "CONTINUED") else "InvalidValue")
    c("number 0", message, "host", kind + u32(0) + u32(1), "InvalidValue")
    c("bit 12", message, "host", kind + u32(1) + u32(1 << 12 | 1), "InvalidValue")
    c("bit 31", message, "host", kind + u32(1) + u32(1 << 31 | 1), "InvalidValue")
    c("without permissions", message, "host", kind + u32(1), "Truncated")
    c("cut short", message, "host", kind + u32(1) + bytes(3), "Truncated")
    c("a byte behind", message, "host", kind + u32(1) + u32(1) + b"\0", "TrailingBytes")
    c("from the viewer", message, "viewer", kind + u32(1) + u32(1), "UnknownType")


def text(value):
    value = value.encode() if isinstance(value, str) else value
    return u16(len(value)) + value


def display(x, y, width, height, name=""):
    return u16(x) + u16(y) + u16(width) + u16(height) + text(name)


def layout(number, width, height, *displays, count=None):
    return b"\1" + u32(number) + u16(width) + u16(height) + u8(len(displays) if count is None else count) + b"".join(displays)


def screen_cases():
    cases = []

    def c(message, name, data, error=None):
        cases.append(case(f"{message}: {name}", message, "host", data, channels.screen, error, channel="screen"))
    one = display(0, 0, 1920, 1080, "HDMI-1")
    row = [display(i * 100, 0, 100, 100, f"d{i}") for i in range(17)]
    c("LAYOUT", "one display", layout(1, 1920, 1080, one))
    c("LAYOUT", "no display", layout(1, 800, 600))
    c("LAYOUT", "two displays", layout(2, 3840, 1080, one, display(1920, 0, 1920, 1080, "DP-2")))
    c("LAYOUT", "sixteen displays", layout(3, 1600, 100, *row[:16]))
    c("LAYOUT", "smallest screen", layout(4, 16, 16, display(15, 15, 1, 1)))
    c("LAYOUT", "largest area", layout(5, 16384, 2048, display(0, 0, 16384, 2048, "é" * 32)))
    c("LAYOUT", "highest screen", layout(2**32 - 1, 2048, 16384, display(0, 0, 2048, 16384, "显示器")))
    c("LAYOUT", "displays may overlap", layout(6, 800, 600, display(0, 0, 800, 600), display(0, 0, 800, 600)))
    c("LAYOUT", "number 0", layout(0, 1920, 1080, one), "InvalidValue")
    for name, width, height in (("width 0", 0, 600), ("width 15", 15, 600), ("height 15", 800, 15), ("width 16385", 16385, 16),
                                ("height 65535", 16, 65535), ("one pixel row too many", 16384, 2049)):
        c("LAYOUT", name, layout(1, width, height, display(0, 0, 1, 1)), "InvalidValue")
    c("LAYOUT", "seventeen displays", layout(1, 1700, 100, *row), "InvalidValue")
    for name, d in (("display without width", (0, 0, 0, 10)), ("display without height", (0, 0, 10, 0)),
                    ("display beyond the right edge", (1, 0, 800, 600)), ("display beyond the lower edge", (0, 600, 1, 1)),
                    ("display of which the sum passes 65,535", (65535, 0, 2, 1))):
        c("LAYOUT", name, layout(1, 800, 600, display(*d)), "InvalidValue")
    c("LAYOUT", "name of 65 bytes", layout(1, 800, 600, display(0, 0, 800, 600, "x" * 65)), "LengthOutOfRange")
    for name, bad in BAD_TEXTS:
        c("LAYOUT", f"name: {name}", layout(1, 800, 600, display(0, 0, 800, 600, bad)), "InvalidText")
    c("LAYOUT", "second display missing", layout(1, 800, 600, display(0, 0, 800, 600), count=2), "Truncated")
    c("LAYOUT", "name cut short", layout(1, 800, 600, display(0, 0, 800, 600, "abc"))[:-1], "Truncated")
    c("LAYOUT", "only a type", b"\1", "Truncated")
    c("LAYOUT", "a byte behind", layout(1, 1920, 1080, one) + b"\0", "TrailingBytes")
    update_cases(c)
    check = b"\3" + u32(1) + u32(7)
    c("CHECK", "a hash", check + bytes.fromhex("0123456789abcdef"))
    c("CHECK", "hash of all ones", check + b"\xff" * 8)
    c("CHECK", "layout 0", b"\3" + u32(0) + u32(7) + bytes(8), "InvalidValue")
    c("CHECK", "update 0", b"\3" + u32(1) + u32(0) + bytes(8), "InvalidValue")
    c("CHECK", "hash cut short", check + bytes(7), "Truncated")
    c("CHECK", "a byte behind", check + bytes(9), "TrailingBytes")
    c("LAYOUT", "no type", b"", "Truncated")
    for kind in (0, 4, 255):
        c("LAYOUT", f"type {kind}", u8(kind) + bytes(20), "UnknownType")
    return cases


def update_cases(c):
    def update(layout_=1, number=1, flags=1, captured=1000, codec=2, content=b"\x03\x00"):
        return b"\2" + u32(layout_) + u32(number) + u8(flags) + u64(captured) + u8(codec) + content
    for flags in range(4):
        c("UPDATE", f"flags {flags}", update(flags=flags))
    c("UPDATE", "one byte of content", update(content=b"x"))
    c("UPDATE", "largest numbers", update(2**32 - 1, 2**32 - 1, 3, 2**53 - 1))
    c("UPDATE", "a longer content", update(content=sha256(b"content") * 40))
    c("UPDATE", "layout 0", update(layout_=0), "InvalidValue")
    c("UPDATE", "update 0", update(number=0), "InvalidValue")
    c("UPDATE", "flag bit 2", update(flags=4), "InvalidValue")
    c("UPDATE", "flag bit 7", update(flags=0x80), "InvalidValue")
    c("UPDATE", "captured above 2^53-1", update(captured=2**53), "InvalidValue")
    c("UPDATE", "codec 0", update(codec=0), "InvalidValue")
    c("UPDATE", "codec 1", update(codec=1), "InvalidValue")
    c("UPDATE", "codec 3", update(codec=3), "InvalidValue")
    c("UPDATE", "without content", update(content=b""), "Truncated")
    c("UPDATE", "without codec", update(content=b"")[:-1], "Truncated")
    c("UPDATE", "only a type", b"\2", "Truncated")


def cursor_cases():
    cases = []

    def c(message, name, data, error=None):
        cases.append(case(f"{message}: {name}", message, "host", data, channels.cursor, error, channel="cursor"))

    def shape(width, height, x, y, pixels=None):
        size = min(width * height * 4, 4096)
        return b"\1" + u16(width) + u16(height) + u16(x) + u16(y) + (sha256(b"cursor") * 128 if pixels is None else pixels)[:size]
    c("SHAPE", "one pixel", shape(1, 1, 0, 0))
    c("SHAPE", "2 by 3", shape(2, 3, 1, 2))
    c("SHAPE", "widest", shape(256, 1, 255, 0))
    c("SHAPE", "highest", shape(1, 256, 0, 255))
    for name, sizes in (("width 0", (0, 1, 0, 0)), ("height 0", (1, 0, 0, 0)), ("width 257", (257, 1, 0, 0)),
                        ("height 257", (1, 257, 0, 0)), ("hotspot at the width", (2, 2, 2, 0)), ("hotspot at the height", (2, 2, 0, 2))):
        c("SHAPE", name, shape(*sizes), "InvalidValue")
    c("SHAPE", "a pixel missing", shape(2, 2, 0, 0)[:-4], "Truncated")
    c("SHAPE", "a byte missing", shape(2, 2, 0, 0)[:-1], "Truncated")
    c("SHAPE", "a byte behind", shape(2, 2, 0, 0) + b"\0", "TrailingBytes")
    c("POSITION", "the customer's", b"\2" + u16(0) + u16(0) + u8(0))
    c("POSITION", "our own", b"\2" + u16(65535) + u16(16383) + u8(1))
    c("POSITION", "own is 2", b"\2" + u16(1) + u16(1) + u8(2), "InvalidValue")
    c("POSITION", "without own", b"\2" + u16(1) + u16(1), "Truncated")
    c("POSITION", "a byte behind", b"\2" + u16(1) + u16(1) + u8(0) + b"\0", "TrailingBytes")
    c("HIDDEN", "nothing else", b"\3")
    c("HIDDEN", "a byte behind", b"\3\0", "TrailingBytes")
    c("HIDDEN", "no type", b"", "Truncated")
    for kind in (0, 4, 255):
        c("HIDDEN", f"type {kind}", u8(kind), "UnknownType")
    return cases


def feedback_cases():
    cases = []

    def c(message, name, data, error=None):
        cases.append(case(f"{message}: {name}", message, "viewer", data, channels.feedback, error, channel="feedback"))
    presented = lambda layout_=1, update=1, decode=0, present=0: b"\1" + u32(layout_) + u32(update) + u32(decode) + u32(present)
    c("PRESENTED", "first", presented(1, 1, 1200, 5300))
    c("PRESENTED", "all zero times", presented())
    c("PRESENTED", "largest numbers", presented(*[2**32 - 1] * 4))
    c("PRESENTED", "layout 0", presented(layout_=0), "InvalidValue")
    c("PRESENTED", "update 0", presented(update=0), "InvalidValue")
    c("PRESENTED", "cut short", presented()[:-1], "Truncated")
    c("PRESENTED", "a byte behind", presented() + b"\0", "TrailingBytes")
    c("REPAIR", "layout 1", b"\2" + u32(1))
    c("REPAIR", "layout 0", b"\2" + u32(0), "InvalidValue")
    c("REPAIR", "cut short", b"\2" + bytes(3), "Truncated")
    c("REPAIR", "a byte behind", b"\2" + u32(1) + b"\0", "TrailingBytes")
    c("REPAIR", "no type", b"", "Truncated")
    for kind in (0, 3, 255):
        c("REPAIR", f"type {kind}", u8(kind) + u32(1), "UnknownType")
    return cases


def hash_cases():
    cases = []
    for name, width, height, update in (
            ("one row", 16, 1, 8), ("rows 0 and 8", 16, 16, 16), ("rows 3 and 11", 16, 16, 3), ("odd width", 17, 9, 8),
            ("no row at all", 16, 4, 7), ("largest update", 16, 16, 2**32 - 1)):
        seed = sha256(name.encode())
        pixels = (seed * (width * height * 3 // 32 + 1))[:width * height * 3]
        cases.append({"name": f"hash: {name}", "kind": "hash", "width": width, "height": height, "update": update,
                      "pixels": pixels, "hash": channels.picture_hash(width, height, update, pixels)})
    black = bytes(16 * 16 * 3)
    cases.append({"name": "hash: black", "kind": "hash", "width": 16, "height": 16, "update": 8, "pixels": black,
                  "hash": channels.picture_hash(16, 16, 8, black)})
    return cases


def input_cases():
    cases = []

    def decode(data):
        messages = channels.input_batch(data)
        return (messages[0]["message"] if len(messages) == 1 else "BATCH"), {"messages": messages}

    def c(message, name, data, error=None):
        cases.append(case(f"{message}: {name}", message, "viewer", data, decode, error))
    point = u16(100) + u16(200)
    c("POINTER_MOVE", "inside", b"\1" + point)
    c("POINTER_MOVE", "largest", b"\1" + u16(65535) + u16(65535))
    c("POINTER_MOVE", "cut short", b"\1" + point[:3], "Truncated")
    c("POINTER_MOVE", "only a type", b"\1", "Truncated")
    for button in range(5):
        c("POINTER_BUTTON", f"button {button}", b"\2" + point + u8(button) + u8(button % 2))
    c("POINTER_BUTTON", "button 5", b"\2" + point + u8(5) + u8(1), "InvalidValue")
    c("POINTER_BUTTON", "button 255", b"\2" + point + u8(255) + u8(1), "InvalidValue")
    c("POINTER_BUTTON", "down is 2", b"\2" + point + u8(0) + u8(2), "InvalidValue")
    c("POINTER_BUTTON", "without down", b"\2" + point + u8(0), "Truncated")
    signed = lambda n: n.to_bytes(2, "big", signed=True)
    for dx, dy in ((0, 120), (0, -120), (-120, 0), (3600, -3600), (1, -1), (0, 0)):
        c("WHEEL", f"{dx}, {dy}", b"\3" + point + signed(dx) + signed(dy))
    for dx, dy in ((3601, 0), (-3601, 0), (0, 3601), (0, -3601), (-32768, 0), (0, 32767)):
        c("WHEEL", f"{dx}, {dy}", b"\3" + point + signed(dx) + signed(dy), "InvalidValue")
    c("WHEEL", "cut short", b"\3" + point + signed(120) + b"\0", "Truncated")
    key_cases(c)
    for name, value in (("a letter", "a"), ("accents", "één"), ("beyond the first plane", "😀👍🏽"), ("tab and line feed", "a\tb\nc"),
                        ("1,024 bytes", "x" * 1024), ("512 letters of two bytes", "ë" * 512), ("right to left", "\u202eabc")):
        c("TEXT", name, b"\5" + text(value))
    c("TEXT", "empty", b"\5" + text(""), "LengthOutOfRange")
    c("TEXT", "1,025 bytes", b"\5" + text("x" * 1025), "LengthOutOfRange")
    c("TEXT", "length beyond the end", b"\5" + u16(4) + b"abc", "Truncated")
    c("TEXT", "length of all ones", b"\5" + u16(65535) + b"abc", "LengthOutOfRange")
    c("TEXT", "half a length", b"\5\0", "Truncated")
    c("TEXT", "carriage return", b"\5" + text("a\rb"), "InvalidText")
    for name, bad in BAD_TEXTS:
        c("TEXT", name, b"\5" + text(bad), "InvalidText")
    c("RELEASE_ALL", "alone", b"\6")
    c("HELD", "alone", b"\7")
    c("HELD", "nothing at all", b"", "Truncated")
    for kind in (0, 8, 255):
        c("HELD", f"type {kind}", u8(kind), "UnknownType")
    key = b"\4\1\0" + text("KeyA") + text("a") + u8(0) + u8(0)
    c("BATCH", "move, press, move, let go", b"\1" + point + b"\2" + point + b"\0\1" + b"\1" + u16(101) + u16(201) + b"\2" + point + b"\0\0")
    c("BATCH", "one of each", b"\1" + point + b"\2" + point + b"\2\1" + b"\3" + point + signed(0) + signed(120) + key + b"\5" + text("é") + b"\6\7")
    c("BATCH", "64 messages", b"\7" * 64)
    c("BATCH", "65 messages", b"\7" * 65, "LengthOutOfRange")
    c("BATCH", "second message cut short", b"\7\1\0", "Truncated")
    c("BATCH", "second message unknown", b"\7\0", "UnknownType")
    return cases


def key_cases(c):
    def key(down=1, repeat=0, code="KeyA", value="a", modifiers=0, locks=0):
        return b"\4" + u8(down) + u8(repeat) + text(code) + text(value) + u8(modifiers) + u8(locks)
    c("KEY", "a goes down", key())
    c("KEY", "a goes up", key(down=0))
    c("KEY", "repeated", key(repeat=1))
    c("KEY", "all modifiers and locks", key(modifiers=31, locks=7))
    c("KEY", "code and value unknown", key(code="", value=""))
    c("KEY", "value of another script", key(value="я"))
    c("KEY", "named value", key(code="NumpadEnter", value="Enter"))
    c("KEY", "code of 32 letters", key(code="A" * 32))
    c("KEY", "value of 32 bytes", key(value="é" * 16))
    c("KEY", "down is 2", key(down=2), "InvalidValue")
    c("KEY", "repeat is 255", key(repeat=255), "InvalidValue")
    c("KEY", "code of 33 letters", key(code="A" * 33), "LengthOutOfRange")
    c("KEY", "code with a hyphen", key(code="Key-A"), "InvalidText")
    c("KEY", "code with a space", key(code="Key A"), "InvalidText")
    c("KEY", "code outside ASCII", key(code="Keyé"), "InvalidText")
    c("KEY", "code in full-width digits", key(code="１"), "InvalidText")
    c("KEY", "value of 33 bytes", key(value="a" * 33), "LengthOutOfRange")
    c("KEY", "value with a tab", key(value="\t"), "InvalidText")
    c("KEY", "value with a line feed", key(value="\n"), "InvalidText")
    for name, bad in BAD_TEXTS:
        c("KEY", f"value: {name}", key(value=bad), "InvalidText")
    c("KEY", "modifier bit 5", key(modifiers=32), "InvalidValue")
    c("KEY", "lock bit 3", key(locks=8), "InvalidValue")
    c("KEY", "without locks", key()[:-1], "Truncated")
    c("KEY", "only down", b"\4\1", "Truncated")
