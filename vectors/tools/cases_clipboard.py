"""clipboard.json."""


import clipboard
from cases_channels import BAD_TEXTS, case
from wire import Refused, u8, u32

TOP = 2**32 - 1


def documents():
    return {"clipboard.json": {"chapter": "07-chat-and-clipboard",
                               "about": "Messages of the clipboard channel; the form of a whole text.",
                               "cases": message_cases() + whole_cases() + form_cases()}}


def message_cases():
    cases = []

    def c(message, name, data, error=None, sender="viewer"):
        cases.append(case(f"{message}: {name}", message, sender, data, lambda d: clipboard.message(d, sender), error))

    def text(number=1, request=0, length=5, content=b"Hello"):
        return u8(1) + u32(number) + u32(request) + u32(length) + content
    c("TEXT", "from the viewer", text())
    c("TEXT", "the customer's own act", text(), sender="host")
    c("TEXT", "answers a request", text(3, 7), sender="host")
    c("TEXT", "largest number and request", text(TOP, TOP), sender="host")
    c("TEXT", "one byte of one", text(1, 0, 1, b"a"))
    c("TEXT", "ends inside a character", text(1, 0, 3, "€".encode()[:2]))
    c("TEXT", "the longest text", text(1, 0, clipboard.MOST, b"x" * clipboard.PIECE))
    c("TEXT", "number 0", text(0), "InvalidValue")
    c("TEXT", "a request from the viewer", text(1, 1), "InvalidValue")
    c("TEXT", "length 0", text(1, 0, 0), "LengthOutOfRange")
    c("TEXT", "length above the limit", text(1, 0, clipboard.MOST + 1), "LengthOutOfRange")
    c("TEXT", "length of all ones", text(1, 0, TOP), "LengthOutOfRange")
    c("TEXT", "more than its length", text(1, 0, 4), "InvalidValue")
    c("TEXT", "piece above the limit", text(1, 0, clipboard.MOST, b"x" * (clipboard.PIECE + 1)), "LengthOutOfRange")
    c("TEXT", "without content", text(content=b""), "Truncated")
    c("TEXT", "length cut short", text()[:12], "Truncated")
    c("TEXT", "only a type", b"\1", "Truncated")
    c("MORE", "from the viewer", u8(2) + u32(1) + b"world")
    c("MORE", "from the host", u8(2) + u32(TOP) + b"\n", sender="host")
    c("MORE", "the largest piece", u8(2) + u32(2) + b"x" * clipboard.PIECE)
    c("MORE", "number 0", u8(2) + u32(0) + b"a", "InvalidValue")
    c("MORE", "piece above the limit", u8(2) + u32(2) + b"x" * (clipboard.PIECE + 1), "LengthOutOfRange")
    c("MORE", "without content", u8(2) + u32(1), "Truncated")
    c("MORE", "number cut short", u8(2) + bytes(3), "Truncated")
    c("TAKEN", "from the host", clipboard.taken(1, 1), sender="host")
    c("TAKEN", "from the viewer", clipboard.taken(TOP, clipboard.MOST))
    c("TAKEN", "number 0", clipboard.taken(0, 1), "InvalidValue")
    c("TAKEN", "length 0", clipboard.taken(1, 0), "LengthOutOfRange")
    c("TAKEN", "length above the limit", clipboard.taken(1, clipboard.MOST + 1), "LengthOutOfRange")
    c("TAKEN", "cut short", clipboard.taken(1, 1)[:8], "Truncated")
    c("TAKEN", "a byte behind", clipboard.taken(1, 1) + b"\0", "TrailingBytes")
    c("REQUEST", "first", u8(4) + u32(1))
    c("REQUEST", "largest number", u8(4) + u32(TOP))
    c("REQUEST", "from the host", u8(4) + u32(1), "UnknownType", sender="host")
    c("REQUEST", "number 0", u8(4) + u32(0), "InvalidValue")
    c("REQUEST", "cut short", u8(4) + bytes(3), "Truncated")
    c("REQUEST", "a byte behind", u8(4) + u32(1) + b"\0", "TrailingBytes")
    for outcome in range(1, 9):
        c("ANSWER", f"outcome {outcome}", u8(5) + u32(outcome) + u8(outcome), sender="host")
    for outcome in (0, 9, 255):
        c("ANSWER", f"outcome {outcome}", u8(5) + u32(1) + u8(outcome), "InvalidValue", sender="host")
    c("ANSWER", "from the viewer", u8(5) + u32(1) + u8(1), "UnknownType")
    c("ANSWER", "number 0", u8(5) + u32(0) + u8(1), "InvalidValue", sender="host")
    c("ANSWER", "without outcome", u8(5) + u32(1), "Truncated", sender="host")
    c("ANSWER", "a byte behind", u8(5) + u32(1) + u8(1) + b"\0", "TrailingBytes", sender="host")
    c("TEXT", "no type", b"", "Truncated")
    for kind in (0, 6, 255):
        c("TEXT", f"type {kind}", u8(kind) + u32(1) + b"a", "UnknownType")
    return cases


def whole_cases():
    def whole(name, data, error=None):
        made = {"name": f"whole: {name}", "kind": "whole", "hex": data}
        try:
            text = clipboard.whole(data)
        except Refused as refused:
            if refused.name != error:
                raise SystemExit(f"{name}: {refused.name}, the case says {error}") from None
            return made | {"error": error}
        if error:
            raise SystemExit(f"{name}: taken, the case says {error}")
        return made | {"text": text}
    good = [("one letter", "a"), ("tab and line feed", "a\tb\n"), ("only a line feed", "\n"), ("space at both ends", "  a  "),
            ("beyond the first plane", "😀👍🏽"), ("right to left", "\u202eabc"), ("markup", "<b>&amp;</b>"),
            ("byte-order mark inside", "a\ufeff"), ("no composition", "e\u0301")]
    cases = [whole(name, text.encode()) for name, text in good]
    cases += [whole("carriage return", b"a\r\nb", "InvalidText")]
    return cases + [whole(name, data, "InvalidText") for name, data in BAD_TEXTS]


def form_cases():
    def form(name, units):
        return {"name": f"form: {name}", "kind": "form", "units": units, "hex": clipboard.form(units)}

    def of(text):
        return text.encode("utf-16-be", "surrogatepass")
    good = [("nothing to do", "Hello\tworld\n"), ("line ends of Windows", "a\r\nb\r\n"), ("lone carriage returns", "a\rb\r\rc"),
            ("line feed, then carriage return", "a\n\rb"), ("control characters", "a\0b\x07c\x1b[1md\x7fe\x85f\x9fg"),
            ("line and paragraph separators stay", "a\u2028b\u2029c"), ("form feed and vertical tab", "a\fb\vc"),
            ("byte-order mark at the beginning", "\ufeffabc"), ("byte-order marks behind what is removed", "\x01\ufeff\ufeffabc"),
            ("byte-order mark inside", "a\ufeffb"), ("only what is removed", "\0\x1b\ufeff"), ("nothing", ""),
            ("space stays", "  a \t\n "), ("lone high surrogate", "a\ud83db"), ("lone low surrogate", "\ude00"),
            ("a pair", "😀"), ("marks that turn the writing stay", "\u202eabc\u2066"), ("no composition", "e\u0301")]
    return [form(name, of(text)) for name, text in good]
