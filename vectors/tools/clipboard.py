"""Reference decoder of the clipboard channel (chapter 07): fields by name, or Refused; and the form of a whole text."""


from channels import Reader
from wire import Refused, refuse_if, u8, u32

MOST = 1_048_576
PIECE = 16_371
TYPES = {1: "TEXT", 2: "MORE", 3: "TAKEN", 4: "REQUEST", 5: "ANSWER"}
ONLY = {"REQUEST": "viewer", "ANSWER": "host"}


def message(data, sender):
    r = Reader(data)
    name = TYPES.get(r.unsigned(1))
    refuse_if(name is None or ONLY.get(name, sender) != sender, "UnknownType")
    fields = {"number": r.from_one()}
    if name == "TEXT":
        fields["request"] = r.unsigned(4)
        refuse_if(sender == "viewer" and fields["request"], "InvalidValue")
    if name in ("TEXT", "TAKEN"):
        fields["length"] = r.unsigned(4)
        refuse_if(not 1 <= fields["length"] <= MOST, "LengthOutOfRange")
    if name in ("TEXT", "MORE"):
        refuse_if(not r.left, "Truncated")
        refuse_if(r.left > PIECE, "LengthOutOfRange")
        fields["content"] = r.rest()
    if name == "TEXT":
        refuse_if(len(fields["content"]) > fields["length"], "InvalidValue")
    if name == "ANSWER":
        fields["outcome"] = r.limited(1, 1, 8)
    r.end()
    return name, fields


def whole(data):
    """A whole text of a peer."""
    refuse_if(data.startswith(b"\xef\xbb\xbf"), "InvalidText")
    try:
        text = data.decode("utf-8", "strict")
    except UnicodeDecodeError:
        raise Refused("InvalidText") from None
    refuse_if(any((ord(c) < 32 or 0x7F <= ord(c) < 0xA0) and c not in "\t\n" for c in text), "InvalidText")
    return text


def form(units):
    """What was copied, as UTF-16 (big-endian), in the form that travels."""
    text = units.decode("utf-16-be", "surrogatepass").encode("utf-16-be", "surrogatepass").decode("utf-16-be", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in "\t\n" or not (ord(c) < 32 or 0x7F <= ord(c) < 0xA0))
    return text.lstrip("\ufeff").encode("utf-8")


def taken(number, length):
    return u8(3) + u32(number) + u32(length)
