"""chat.json."""


import channels
from cases_channels import BAD_TEXTS, case, text
from wire import u8, u16, u64

LARGEST = 2**53 - 1


def documents():
    return {"chat.json": {"chapter": "07-chat-and-clipboard", "about": "Messages of the chat channel.", "cases": chat_cases()}}


def chat_cases():
    cases = []

    def c(message, name, data, error=None, sender="viewer"):
        cases.append(case(f"{message}: {name}", message, sender, data, lambda d: channels.chat(d, sender), error))

    def line(value, number=1):
        return b"\1" + u64(number) + text(value)
    c("LINE", "from the viewer", line("Good morning"))
    c("LINE", "from the host", line("Goedemorgen, \u2018t doet het niet meer", 2), sender="host")
    for name, value in (("one character", "?"), ("tab and line feed", "a\tb\nc"), ("beyond the first plane", "😀👍🏽"),
                        ("right to left", "\u202eabc"), ("markup", "<b>&amp;</b>"), ("2,000 letters", "x" * 2000),
                        ("2,000 characters of four bytes", "😀" * 2000), ("2,000 letters with a mark of their own", "e\u0301" * 1000)):
        c("LINE", name, line(value))
    c("LINE", "largest number", line("a", LARGEST))
    c("LINE", "number 0", line("a", 0), "InvalidValue")
    c("LINE", "number 2^53", line("a", LARGEST + 1), "InvalidValue")
    c("LINE", "number of all ones", line("a", 2**64 - 1), "InvalidValue")
    c("LINE", "empty", line(""), "LengthOutOfRange")
    c("LINE", "2,001 letters", line("x" * 2001), "LengthOutOfRange")
    c("LINE", "2,001 characters of two bytes", line("é" * 2001), "LengthOutOfRange")
    c("LINE", "8,001 bytes", b"\1" + u64(1) + u16(8001) + b"x" * 8001, "LengthOutOfRange")
    c("LINE", "length of all ones", b"\1" + u64(1) + u16(65535) + b"abc", "LengthOutOfRange")
    c("LINE", "length beyond the end", b"\1" + u64(1) + u16(4) + b"abc", "Truncated")
    c("LINE", "number cut short", b"\1" + bytes(7), "Truncated")
    c("LINE", "only a type", b"\1", "Truncated")
    c("LINE", "a byte behind", line("a") + b"\0", "TrailingBytes")
    c("LINE", "carriage return", line("a\rb"), "InvalidText")
    for name, bad in BAD_TEXTS:
        c("LINE", name, line(bad), "InvalidText")
    for kind, message in ((2, "DELIVERED"), (3, "SEEN")):
        c(message, "first", u8(kind) + u64(1))
        c(message, "largest", u8(kind) + u64(LARGEST), sender="host")
        c(message, "number 0", u8(kind) + u64(0), "InvalidValue")
        c(message, "number 2^53", u8(kind) + u64(LARGEST + 1), "InvalidValue")
        c(message, "cut short", u8(kind) + bytes(7), "Truncated")
        c(message, "a byte behind", u8(kind) + u64(1) + b"\0", "TrailingBytes")
    c("LINE", "no type", b"", "Truncated")
    for kind in (0, 5, 255):
        c("LINE", f"type {kind}", u8(kind) + u64(1), "UnknownType")

    def said(value, number=1, person=2):
        return b"\4" + u64(number) + u8(person) + text(value)
    c("SAID", "by the second person", said("I will look at the printer"), sender="host")
    c("SAID", "by the last person there can be, the largest number", said("a\tb\nc", LARGEST, 255), sender="host")
    c("SAID", "2,000 characters of four bytes", said("😀" * 2000), sender="host")
    c("SAID", "from the viewer", said("a"), "UnknownType")
    c("SAID", "number 0", said("a", 0), "InvalidValue", "host")
    c("SAID", "number 2^53", said("a", LARGEST + 1), "InvalidValue", "host")
    c("SAID", "by nobody", said("a", person=0), "InvalidValue", "host")
    c("SAID", "empty", said(""), "LengthOutOfRange", "host")
    c("SAID", "2,001 letters", said("x" * 2001), "LengthOutOfRange", "host")
    c("SAID", "without person", b"\4" + u64(1), "Truncated", "host")
    c("SAID", "length beyond the end", b"\4" + u64(1) + u8(2) + u16(4) + b"abc", "Truncated", "host")
    c("SAID", "a byte behind", said("a") + b"\0", "TrailingBytes", "host")
    c("SAID", "carriage return", said("a\rb"), "InvalidText", "host")
    return cases
