"""lv structures of chapter 02 and their refusals, by the names of chapter 09."""


class Refused(Exception):
    """The one way a decoder or a check fails; name is of docs/protocol/09-errors.md."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name


def refuse_if(condition, name: str):
    if condition:
        raise Refused(name)


def leb128(length: int) -> bytes:
    out = b""
    while True:
        out += bytes([length & 127 | (128 if length > 127 else 0)])
        length >>= 7
        if not length:
            return out


def lv(*items: bytes) -> bytes:
    return b"".join(leb128(len(item)) + item for item in items)


def u8(n): return n.to_bytes(1, "big")
def u16(n): return n.to_bytes(2, "big")
def u32(n): return n.to_bytes(4, "big")
def u64(n): return n.to_bytes(8, "big")


def number(item: bytes) -> int:
    return int.from_bytes(item, "big")


def take(data: bytes, at: int):
    """One item and the position behind it."""
    length, shift = 0, 0
    while True:
        refuse_if(at >= len(data), "Truncated")
        byte = data[at]
        at += 1
        length |= (byte & 127) << shift
        if byte < 128:
            break
        shift += 7
        refuse_if(shift == 21, "NonMinimalLength")
    refuse_if(byte == 0 and shift > 0, "NonMinimalLength")
    refuse_if(at + length > len(data), "Truncated")
    return data[at:at + length], at + length


def items(data: bytes, count: int):
    """Exactly count items."""
    out, at = [], 0
    for _ in range(count):
        item, at = take(data, at)
        out.append(item)
    refuse_if(at != len(data), "TrailingBytes")
    return out


def sized(item: bytes, least: int, most=None) -> bytes:
    refuse_if(not least <= len(item) <= (least if most is None else most), "LengthOutOfRange")
    return item


def label(item: bytes, expected: bytes):
    refuse_if(item != expected, "InvalidValue")


def text(item: bytes, least: int, most: int) -> str:
    sized(item, least, most)
    refuse_if(item.startswith(b"\xef\xbb\xbf"), "InvalidText")
    try:
        return item.decode("utf-8", "strict")
    except UnicodeDecodeError:
        raise Refused("InvalidText") from None


def time(item: bytes) -> int:
    value = number(sized(item, 8))
    refuse_if(value > 2**53 - 1, "InvalidValue")
    return value


def permissions(item: bytes) -> int:
    value = number(sized(item, 4))
    refuse_if(value >> 12, "InvalidValue")
    return value


def choices(item: bytes, width: int):
    refuse_if(len(item) % width, "LengthOutOfRange")
    refuse_if(not 1 <= len(item) // width <= 16, "LengthOutOfRange")
    return [number(item[i:i + width]) for i in range(0, len(item), width)]


def falling(entries):
    refuse_if(any(a <= b for a, b in zip(entries, entries[1:])), "InvalidValue")
    return entries


def offered(entries):
    falling(entries[1:])
    refuse_if(entries[0] in entries[1:], "InvalidValue")
    return entries
