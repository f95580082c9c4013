"""facts.json."""

import drawing_and_facts
from cases_channels import BAD_TEXTS, case, text
from wire import u8, u16, u32, u64

LARGEST = 2**53 - 1


def documents():
    return {"facts.json": {"chapter": "12-system-information", "about": "Messages of the facts channel.", "cases": facts_cases()}}


def given(*facts, count=None, number=1):
    return b"\2" + u32(number) + u8(len(facts) if count is None else count) + b"".join(facts)


def one(fact, *values):
    return u8(fact) + b"".join(values)


SYSTEM = one(1, text("Debian GNU/Linux 13 (trixie)"))
DISK = one(6, text("/"), u64(500_000_000_000), u64(123_456_789_012))
DISPLAY = one(7, u16(2560), u16(1440), u16(125))
WHOLE = [SYSTEM, one(2, text("Linux 6.12.48")), one(3, text("balie-3")), one(4, text("Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz"), u16(8)),
         one(5, u64(16_625_012_736), u64(9_000_000_000)), DISK, one(6, text("/home"), u64(1000), u64(1000)), DISPLAY,
         one(7, u16(1), u16(65535), u16(25)), one(8, u32(12_345)), one(9, text("nl-NL")), one(10, text("Europe/Amsterdam")),
         one(11, text("GNOME, X11")), one(12, u8(2)), one(13, u8(87), u8(0)), one(14, text("1.0.0"))]


def facts_cases():
    cases = []

    def c(message, name, data, error=None, sender="host"):
        cases.append(case(f"{message}: {name}", message, sender, data, lambda d: drawing_and_facts.facts(d, sender), error))
    for kind, message, sender, other in ((1, "REQUEST", "viewer", "host"), (3, "WITHHELD", "host", "viewer")):
        c(message, "first", u8(kind) + u32(1), sender=sender)
        c(message, "largest number", u8(kind) + u32(2**32 - 1), sender=sender)
        c(message, "number 0", u8(kind) + u32(0), "InvalidValue", sender)
        c(message, "cut short", u8(kind) + bytes(3), "Truncated", sender)
        c(message, "only a type", u8(kind), "Truncated", sender)
        c(message, "a byte behind", u8(kind) + u32(1) + b"\0", "TrailingBytes", sender)
        c(message, f"from the {other}", u8(kind) + u32(1), "UnknownType", other)
    c("FACTS", "from the viewer", given(SYSTEM), "UnknownType", "viewer")
    c("FACTS", "everything", given(*WHOLE))
    c("FACTS", "one fact", given(SYSTEM, number=2**32 - 1))
    c("FACTS", "16 drives and 16 displays", given(*[DISK] * 16, *[DISPLAY] * 16))
    c("FACTS", "number 0", given(SYSTEM, number=0), "InvalidValue")
    c("FACTS", "no fact", given(), "InvalidValue")
    c("FACTS", "49 facts", given(SYSTEM, count=49), "InvalidValue")
    c("FACTS", "17 drives", given(*[DISK] * 17), "InvalidValue")
    c("FACTS", "17 displays", given(*[DISPLAY] * 17), "InvalidValue")
    c("FACTS", "the system twice", given(SYSTEM, SYSTEM), "InvalidValue")
    c("FACTS", "out of order", given(DISPLAY, DISK), "InvalidValue")
    for number in (0, 15, 255):
        c("FACTS", f"fact {number}", given(one(number, text("a"))), "InvalidValue")
    c("FACTS", "fewer than the count", given(SYSTEM, count=2), "Truncated")
    c("FACTS", "more than the count", given(SYSTEM, DISK, count=1), "TrailingBytes")
    c("FACTS", "without count", b"\2" + u32(1), "Truncated")
    value_cases(c)
    return cases


def value_cases(c):
    for number, most in ((1, 128), (2, 128), (3, 128), (9, 64), (10, 64), (11, 64), (14, 64)):
        c("FACTS", f"fact {number}: longest", given(one(number, text("é" * (most // 2)))))
        c("FACTS", f"fact {number}: one byte more", given(one(number, text("x" * (most + 1)))), "LengthOutOfRange")
        c("FACTS", f"fact {number}: empty", given(one(number, text(""))), "LengthOutOfRange")
        c("FACTS", f"fact {number}: length beyond the end", given(one(number, u16(4), b"abc")), "Truncated")
    c("FACTS", "markup", given(one(1, text("<b>&amp;</b> \u202eabc 😀"))))
    c("FACTS", "a line feed", given(one(1, text("a\nb"))), "InvalidText")
    c("FACTS", "a tab", given(one(1, text("a\tb"))), "InvalidText")
    for name, bad in BAD_TEXTS:
        c("FACTS", name, given(one(1, text(bad))), "InvalidText")
    c("FACTS", "no threads", given(one(4, text("x"), u16(0))), "InvalidValue")
    c("FACTS", "processor without threads", given(one(4, text("x"))), "Truncated")
    for name, value in (("memory", one(5)), ("a drive", one(6, text("/")))):
        c("FACTS", f"{name}: nothing of nothing", given(value + u64(0) + u64(0)))
        c("FACTS", f"{name}: largest", given(value + u64(LARGEST) + u64(LARGEST)))
        c("FACTS", f"{name}: more free than there is", given(value + u64(1000) + u64(1001)), "InvalidValue")
        c("FACTS", f"{name}: 2^53", given(value + u64(LARGEST + 1) + u64(0)), "InvalidValue")
        c("FACTS", f"{name}: cut short", given(value + u64(1000) + bytes(7)), "Truncated")
    c("FACTS", "display without width", given(one(7, u16(0), u16(100), u16(100))), "InvalidValue")
    c("FACTS", "display without height", given(one(7, u16(100), u16(0), u16(100))), "InvalidValue")
    for scale in (25, 1000):
        c("FACTS", f"scale {scale}", given(one(7, u16(800), u16(600), u16(scale))))
    for scale in (0, 24, 1001, 65535):
        c("FACTS", f"scale {scale}", given(one(7, u16(800), u16(600), u16(scale))), "InvalidValue")
    c("FACTS", "up for a moment", given(one(8, u32(0))))
    c("FACTS", "up for the longest time", given(one(8, u32(2**32 - 1))))
    for kind in range(5):
        c("FACTS", f"network {kind}", given(one(12, u8(kind))))
    for kind in (5, 255):
        c("FACTS", f"network {kind}", given(one(12, u8(kind))), "InvalidValue")
    for percent, charging in ((0, 0), (100, 1)):
        c("FACTS", f"battery at {percent}", given(one(13, u8(percent), u8(charging))))
    c("FACTS", "battery at 101", given(one(13, u8(101), u8(0))), "InvalidValue")
    c("FACTS", "charging is 2", given(one(13, u8(50), u8(2))), "InvalidValue")
