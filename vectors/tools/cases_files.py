"""files.json, names.json."""

import files
from cases_channels import BAD_TEXTS, case, text
from primitives import sha256
from wire import u8, u16, u32, u64

TYPE = {name: u8(kind) for kind, name in files.TYPES.items()}
HASH = sha256(b"a file")


def documents():
    return {
        "files.json": {"chapter": "08-files", "about": "Messages of the files channel.", "cases": message_cases()},
        "names.json": {"chapter": "08-files", "about": "Names of files: taken as they are, or refused.", "cases": name_cases()},
    }


def offer(number=1, group=1, size=5, modified=1_700_000_000_000, path=("notes.txt",), levels=None):
    return (TYPE["OFFER"] + u32(number) + u32(group) + u64(size) + u64(modified)
            + u8(len(path) if levels is None else levels) + b"".join(text(part) for part in path))


def accept(number=2, offset=0, credit=None, hash_=HASH):
    return TYPE["ACCEPT"] + u32(number) + u64(offset) + hash_ + u64(offset + 1_048_576 if credit is None else credit)


def message_cases():
    cases = []

    def c(message, name, data, error=None, sender="viewer"):
        cases.append(case(f"{message}: {name}", message, sender, data, lambda d: files.message(d, sender), error))
    offer_cases(c)
    accept_cases(c)
    chunk_cases(c)
    simple_cases(c)
    word_cases(c)
    renewed = lambda number, offers: TYPE["RENEWED"] + u32(number) + u16(offers)
    c("RENEWED", "nothing", renewed(1, 0))
    c("RENEWED", "most, from the host", renewed(2**32 - 1, 1000), sender="host")
    c("RENEWED", "one too many", renewed(1, 1001), "InvalidValue")
    c("RENEWED", "round 0", renewed(0, 1), "InvalidValue")
    c("RENEWED", "cut short", renewed(1, 1)[:-1], "Truncated")
    c("RENEWED", "a byte behind", renewed(1, 1) + b"\0", "TrailingBytes")
    c("SEEN", "first", TYPE["SEEN"] + u32(1))
    c("SEEN", "largest, from the host", TYPE["SEEN"] + u32(2**32 - 1), sender="host")
    c("SEEN", "round 0", TYPE["SEEN"] + u32(0), "InvalidValue")
    c("SEEN", "cut short", TYPE["SEEN"] + bytes(3), "Truncated")
    c("SEEN", "a byte behind", TYPE["SEEN"] + u32(1) + b"\0", "TrailingBytes")
    c("RENEWED", "no type", b"", "Truncated")
    for kind in (0, 0x10, 0x80, 0xFF):
        c("RENEWED", f"type {kind:#04x}", u8(kind) + u32(1), "UnknownType")
    return cases


def offer_cases(c):
    c("OFFER", "one file", offer())
    c("OFFER", "from the host", offer(2), sender="host")
    c("OFFER", "empty file, unknown time", offer(size=0, modified=0))
    c("OFFER", "largest numbers", offer(2**32 - 1, 2**32 - 1, 10**10, 253_402_300_799_999))
    c("OFFER", "eight levels", offer(path=tuple("abcdefg") + ("é.txt",)))
    c("OFFER", "name of 200 bytes", offer(path=("x" * 200,)))
    c("OFFER", "a name that breaks the rules is no breach of the wire", offer(path=("..", "CON")))
    c("OFFER", "id 0", offer(0), "InvalidValue")
    c("OFFER", "even id from the viewer", offer(2), "InvalidValue")
    c("OFFER", "odd id from the host", offer(1), "InvalidValue", sender="host")
    c("OFFER", "group 0", offer(group=0), "InvalidValue")
    c("OFFER", "a byte too large", offer(size=10**10 + 1), "InvalidValue")
    c("OFFER", "size above 2^53-1", offer(size=2**53), "InvalidValue")
    c("OFFER", "size of all ones", offer(size=2**64 - 1), "InvalidValue")
    c("OFFER", "time after the year 9999", offer(modified=253_402_300_800_000), "InvalidValue")
    c("OFFER", "no level", offer(path=()), "InvalidValue")
    c("OFFER", "nine levels", offer(path=tuple("abcdefghi")), "InvalidValue")
    c("OFFER", "empty component", offer(path=("a", "")), "LengthOutOfRange")
    c("OFFER", "component of 201 bytes", offer(path=("x" * 201,)), "LengthOutOfRange")
    for name, bad in BAD_TEXTS:
        c("OFFER", f"component: {name}", offer(path=(bad,)), "InvalidText")
    c("OFFER", "component with a tab", offer(path=("a\tb",)), "InvalidText")
    c("OFFER", "second component missing", offer(levels=2), "Truncated")
    c("OFFER", "name cut short", offer()[:-1], "Truncated")
    c("OFFER", "without levels", offer(path=())[:-1], "Truncated")
    c("OFFER", "only a type", TYPE["OFFER"], "Truncated")
    c("OFFER", "a byte behind", offer() + b"\0", "TrailingBytes")


def accept_cases(c):
    c("ACCEPT", "from the beginning", accept())
    c("ACCEPT", "from the host", accept(1), sender="host")
    c("ACCEPT", "from the middle", accept(offset=5_000_000_000))
    c("ACCEPT", "no credit yet", accept(offset=7, credit=7))
    c("ACCEPT", "whole file", accept(offset=10**10, credit=10**10))
    c("ACCEPT", "of an own transfer", accept(1), "InvalidValue")
    c("ACCEPT", "id 0", accept(0), "InvalidValue")
    c("ACCEPT", "credit below the offset", accept(offset=7, credit=6), "InvalidValue")
    c("ACCEPT", "credit too far ahead", accept(credit=1_048_577), "InvalidValue")
    c("ACCEPT", "offset too large", accept(offset=10**10 + 1), "InvalidValue")
    c("ACCEPT", "hash cut short", accept()[:30], "Truncated")
    c("ACCEPT", "without credit", accept()[:-8], "Truncated")
    c("ACCEPT", "a byte behind", accept() + b"\0", "TrailingBytes")


def chunk_cases(c):
    def chunk(number=1, offset=0, content=b"x"):
        return TYPE["CHUNK"] + u32(number) + u64(offset) + content
    c("CHUNK", "one byte", chunk())
    c("CHUNK", "from the host", chunk(2, 9), sender="host")
    c("CHUNK", "largest", chunk(offset=9_999_983_629, content=b"\xa5" * 16_371))
    c("CHUNK", "empty", chunk(content=b""), "Truncated")
    c("CHUNK", "a byte too long", chunk(content=bytes(16_372)), "LengthOutOfRange")
    c("CHUNK", "of the other side's transfer", chunk(2), "InvalidValue")
    c("CHUNK", "offset too large", chunk(offset=10**10 + 1), "InvalidValue")
    c("CHUNK", "offset cut short", chunk(content=b"")[:-1], "Truncated")


def simple_cases(c):
    for message, own in (("START", True), ("CREDIT", False)):
        mine, other = (1, 2) if own else (2, 1)
        c(message, "at 0", TYPE[message] + u32(mine) + u64(0))
        c(message, "at the end of the largest", TYPE[message] + u32(other) + u64(10**10), sender="host")
        c(message, "too large", TYPE[message] + u32(mine) + u64(10**10 + 1), "InvalidValue")
        c(message, "of the wrong side", TYPE[message] + u32(other) + u64(0), "InvalidValue")
        c(message, "cut short", TYPE[message] + u32(mine) + bytes(7), "Truncated")
        c(message, "a byte behind", TYPE[message] + u32(mine) + bytes(9), "TrailingBytes")
    c("FINISH", "a hash", TYPE["FINISH"] + u32(1) + HASH)
    c("FINISH", "from the host", TYPE["FINISH"] + u32(4) + HASH, sender="host")
    c("FINISH", "of the wrong side", TYPE["FINISH"] + u32(2) + HASH, "InvalidValue")
    c("FINISH", "hash cut short", TYPE["FINISH"] + u32(1) + HASH[:31], "Truncated")
    c("FINISH", "a byte behind", TYPE["FINISH"] + u32(1) + HASH + b"\0", "TrailingBytes")
    for message in ("PAUSE", "PROCEED"):
        for number, sender in ((1, "viewer"), (2, "viewer"), (1, "host"), (2, "host")):
            c(message, f"{number} from the {sender}", TYPE[message] + u32(number), sender=sender)
        c(message, "id 0", TYPE[message] + u32(0), "InvalidValue")
        c(message, "cut short", TYPE[message] + bytes(3), "Truncated")
        c(message, "a byte behind", TYPE[message] + u32(1) + b"\0", "TrailingBytes")
    for message in ("REFUSE", "CANCEL"):
        for reason in range(1, 11):
            c(message, f"reason {reason}", TYPE[message] + u32(2) + u8(reason))
        for reason in (0, 11, 255):
            c(message, f"reason {reason}", TYPE[message] + u32(2) + u8(reason), "InvalidValue")
        c(message, "id 0", TYPE[message] + u32(0) + b"\1", "InvalidValue")
        c(message, "without reason", TYPE[message] + u32(2), "Truncated")
        c(message, "a byte behind", TYPE[message] + u32(2) + b"\1\0", "TrailingBytes")
    c("REFUSE", "of an own transfer", TYPE["REFUSE"] + u32(1) + b"\1", "InvalidValue")
    c("CANCEL", "of an own transfer", TYPE["CANCEL"] + u32(1) + b"\1")


def word_cases(c):
    verified = lambda name, number=2: TYPE["VERIFIED"] + u32(number) + text(name)
    c("VERIFIED", "a name", verified("notes (2).txt"))
    c("VERIFIED", "from the host", verified("één.pdf", 3), sender="host")
    c("VERIFIED", "208 bytes", verified("x" * 208))
    c("VERIFIED", "no name", verified(""), "LengthOutOfRange")
    c("VERIFIED", "209 bytes", verified("x" * 209), "LengthOutOfRange")
    c("VERIFIED", "of an own transfer", verified("a", 1), "InvalidValue")
    c("VERIFIED", "name cut short", verified("abc")[:-1], "Truncated")
    c("VERIFIED", "a byte behind", verified("abc") + b"\0", "TrailingBytes")
    for name, bad in BAD_TEXTS:
        c("VERIFIED", name, verified(bad), "InvalidText")
    request = lambda number, what: TYPE["REQUEST"] + u32(number) + text(what)
    c("REQUEST", "with words", request(1, "the letter from the bank"))
    c("REQUEST", "without words", request(2**32 - 1, ""))
    c("REQUEST", "number 0", request(0, "x"), "InvalidValue")
    c("REQUEST", "words of 200 bytes", request(2, "é" * 100))
    c("REQUEST", "words of 201 bytes", request(2, "x" * 201), "LengthOutOfRange")
    c("REQUEST", "words cut short", request(2, "abc")[:-1], "Truncated")
    c("REQUEST", "a byte behind", request(2, "abc") + b"\0", "TrailingBytes")
    c("REQUEST", "from the host", request(1, "x"), "UnknownType", sender="host")
    for name, bad in BAD_TEXTS:
        c("REQUEST", name, request(1, bad), "InvalidText")
    answer = lambda number, group: TYPE["ANSWER"] + u32(number) + u32(group)
    c("ANSWER", "a group", answer(1, 7), sender="host")
    c("ANSWER", "declined", answer(2**32 - 1, 0), sender="host")
    c("ANSWER", "request 0", answer(0, 7), "InvalidValue", sender="host")
    c("ANSWER", "cut short", answer(1, 7)[:-1], "Truncated", sender="host")
    c("ANSWER", "a byte behind", answer(1, 7) + b"\0", "TrailingBytes", sender="host")
    c("ANSWER", "from the viewer", answer(1, 7), "UnknownType")


def name_cases():
    cases = []

    def c(name, reason=None, title=None):
        units = name if isinstance(name, bytes) else name.encode("utf-16-be", "surrogatepass")
        got = files.refusal_of(units)
        if got != reason:
            raise SystemExit(f"name {name!r}: {got}, the case says {reason}")
        shown = title or "".join(ch if ch.isprintable() and ch != "\\" else f"<{ord(ch):04x}>" for ch in name)
        made = {"name": f"{reason or 'taken'}: {shown}", "kind": "component", "units": units}
        cases.append(made | ({"refused": reason} if reason else {}))
    good_names(c)
    bad_characters(c)
    bad_invisible(c)
    bad_devices(c)
    bad_shapes(c)
    return cases


def good_names(c):
    for name in ("notes.txt", "a", "Report 2026 (final).pdf", ".bashrc", "..a", "a..b", " leading space", "no extension", "één.txt",
                 "Ünïcode.docx", "данные.csv", "文件.txt", "ファイル.png", "파일.txt", "हिन्दी.txt", "বাংলা.txt", "עברית.txt", "عربي.pdf",
                 "😀.jpg", "❤️.png", "👍🏽.gif", "a’b.txt", "a\u00a0b", "console.txt", "CONtact.doc", "com.txt", "com10.log", "lpt", "nul0",
                 "auxiliary", "prn1", "conin", "COM⁴", "com₁.txt", "CONİN$", "conın$", ".nabİj-x", ".nabıj-x", "ＣＯＮ", "ＮＵＬ.txt", "а.nabij-x", ".nаbij-cyrillic", "nabij-1.part",
                 ".nabij", "x.part", "a%2fb", "a%00b", "$HOME", "`id`", "a;rm -rf b", "-rf", "--help", "~", "~root", "a'b", "a&b", "{a,b}",
                 "a!b", "#a", "a=b", "@file", "a+b", "desktop.ini", "Thumbs.db", "autorun.inf", "index.html", "a.exe", "a.lnk", "a.txt.scr",
                 "x" * 120, "é" * 100, "文" * 66, "😀" * 50, "Å", "ﬁ.txt", "①", "∕", "⧸", "：", "＊", "？", "＜＞",
                 "․․", "‥", "…", "a.․", "．．", "\u3000", "a\u3000", "a\u00a0", "%SystemRoot%", "A꞉", "file.txt٪"):
        c(name)


def bad_characters(c):
    c("", "empty", "nothing")
    for ch in '/\\:*?"<>|':
        for name in (ch, f"a{ch}b", f"{ch}a", f"a{ch}", f"a{ch}.txt"):
            c(name, "character")
    for name in ("../../etc/passwd", "..\\..\\Windows\\System32\\a.dll", "/etc/cron.d/x", "\\\\server\\share\\x", "C:\\x", "C:x", "c:/x",
                 "a.txt:stream", "a.txt::$DATA", "a.txt:Zone.Identifier", ":$I30:$INDEX_ALLOCATION", "\\\\?\\C:\\x", "\\\\.\\PhysicalDrive0",
                 "\\??\\C:\\x", "file:///etc/passwd", "http://a/b", "a//b", "./a", ".\\a", "a/.", "a/..", "~/x", "<script>", "x/../y",
                 "*.txt", "what?.doc", "\"quoted\"", "COM1:", "con:", "a/nul", "::{20D04FE0-3AEA-1069-A2D8-08002B30309D}"):
        c(name, "character")
    for point in [*range(0x20), *range(0x7F, 0xA0)]:
        c(f"a{chr(point)}b", "control")
    for name in ("\0", "a.txt\0.exe", "\x1b[31mred", "a\r\nb", "\tx", "x\n", "..\0", "a\x7f"):
        c(name, "control")


def bad_invisible(c):
    points = [0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, *range(0x200B, 0x2010), *range(0x2028, 0x202F),
              *range(0x2060, 0x2070), 0x3164, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFA, 0xFFFB, 0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x1FFFF,
              0x10FFFE, 0x10FFFF, 0xE0000, 0xE0001, 0xE0020, 0xE007F, 0xE00FF]
    for point in points:
        c(f"a{chr(point)}b", "invisible")
    for name in ("photo\u202egpj.exe", "\u202dabc", "\u2066x\u2069.txt", "\u200b", "con\u200b", ".\u200b", "a\ufeff", "\ufeffa", "\u200da",
                 "x.nabij-\u2060", ".\u200bnabij-a", "a.txt\u200e", "👨\u200d👩"):
        c(name, "invisible")
    for point in (0x200A, 0x2010, 0x202F, 0x205F, 0x2070, 0xFE0F, 0xE0100, 0xFDF0, 0xFFFC, 0xFFFD, 0x1F3F4):
        c(f"a{chr(point)}b")


def bad_devices(c):
    for device in ("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"):
        for name in (device, device.lower(), device.title(), f"{device}.txt", f"{device.lower()}.tar.gz", f"{device} .txt", f"{device}..a"):
            c(name, "device")
    for port in ("COM", "LPT"):
        for digit in "0123456789¹²³":
            for name in (f"{port}{digit}", f"{port.lower()}{digit}.log"):
                c(name, "device")
    for name in ("cOm1.TXT", "lPt9  .x", "nul.", "aux ", "com1.a.b.c"):
        c(name, "ending" if name[-1] in ". " else "device")


def bad_shapes(c):
    c(".", "dots")
    c("..", "dots")
    for name in ("...", "....", "a.", "a..", "a ", "a  ", " ", "   ", ". ", " .", ".. ", "a. ", "a .", "a.txt.", "a.txt ", "x.exe . ."):
        c(name, "ending")
    for name in ("x" * 121, "x" * 300, "é" * 101, "文" * 67, "😀" * 51, "y" * 119 + "é" * 2, "z" * 117 + ".txt", "/" * 121, "\0" * 121):
        c(name, "too-long", f"{name[0]!r} and so on, {len(name)}")
    c("a" + "\u0301" * 121, "too-long", "a letter with 121 accents")
    for units, title in ((b"\xd8\x00", "high alone"), (b"\xdc\x00", "low alone"), (b"\0a\xd8\x3d", "high at the end"),
                         (b"\xde\x00\xd8\x3d", "pair turned round"), (b"\xd8\x3d\0a", "high before a letter"),
                         (b"\xd8\x3d\xd8\x3d\xde\x00", "two high ones"), (b"\xdb\xff\0/", "high before a slash"), (b"\xdf\xff" * 130, "many low ones")):
        c(units, "surrogate", title)
    for name in (".nabij-", ".nabij-0123456789abcdef", ".nabij-x.part", ".NABIJ-X", ".Nabij-a.txt", ".nAbIj-0.part"):
        c(name, "own")
    for name in ("e\u0301.txt", "A\u030a", "\u212b", "\u2126", "\u212a", "\u1100\u1161", "가\u11a8", "o\u0302\u0323", "a\u0315\u0301",
                 "\u0344", "\u0374", "\u037e", "\u0387", "\u1f71", "\u2000", "\u2001", "\u2329", "\uf900", "\ufb1d", "\U0002f800",
                 "\u0958", "\u09c7\u09be", "\u0bc6\u0bbe", "\u0dd9\u0dcf", "\u1025\u102e", "\u304b\u3099", "\u30cf\u309a",
                 "\U00011099\U000110ba", "é\u0327", "q\u0307\u0323", "\ufb2a", "\u0f73", "\U0001d15e"):
        c(name, "not-composed", " ".join(f"{ord(ch):04x}" for ch in name))
    for name in ("q\u0323\u0307", "x\u0323", "a\u0338", "\u0915\u093c", "\u05e9\u05bc\u05c1", "\u2add", "각", "ᄀ", "\u0308\u0301", "ά",
                 "か\u309b", "ぱ", "ẹ\u0301"):
        c(name, None, " ".join(f"{ord(ch):04x}" for ch in name))
