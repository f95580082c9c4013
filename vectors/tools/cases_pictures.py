"""pictures.json: kept pictures and the wrapped pictures key (chapter 14)."""

import struct
import unicodedata
import zlib

import p256
import pictures
from primitives import sha256
from wire import Refused, u16, u32, u64

KEY, OTHER_KEY = p256.private_key("nabij vectors pictures key"), p256.private_key("nabij vectors other pictures key")
EPHEMERAL = p256.private_key("nabij vectors picture ephemeral")
ORGANIZATION, SESSION, AUTHOR = (sha256(b"nabij vectors pictures " + name)[:16] for name in (b"organization", b"session", b"author"))
PICTURE, SALT, NONCE = sha256(b"nabij vectors picture number")[:16], sha256(b"nabij vectors picture salt")[:16], sha256(b"nabij vectors picture nonce")[:12]
PASSPHRASE = "vier groene fietsen"
TAKEN = 1_795_000_000_123
BOUND = {"organization": ORGANIZATION, "session": SESSION, "author": AUTHOR}


def documents():
    return {"pictures.json": {"chapter": "14-kept-pictures", "about": "Kept pictures, their content, and the wrapped pictures key.",
                              "cases": seal_cases() + open_cases() + content_cases() + wrap_cases() + unwrap_cases()}}


def spki(private):
    return p256.spki(p256.public_point(private))


def image():
    """Two pixels, red and blue, in a stored block: the same bytes from every zlib."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    rows = b"\0\xff\0\0\0\0\xff"
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(rows), len(rows) ^ 0xffff) + rows + struct.pack(">I", zlib.adler32(rows))
    return pictures.PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 2, 0, 0, 0)) + chunk(b"IDAT", stored) + chunk(b"IEND", b"")


def sealed(plaintext=None, key=KEY, ephemeral=EPHEMERAL, picture=PICTURE, bound=(ORGANIZATION, SESSION, AUTHOR)):
    plaintext = pictures.content(TAKEN, "Foutmelding van de printer".encode(), image()) if plaintext is None else plaintext
    return pictures.seal_picture(ephemeral, spki(key), picture, bound, plaintext)


def seal_cases():
    cases = []
    for name, caption in (("the usual picture", "Foutmelding van de printer"), ("no caption", ""), ("caption of 400 bytes", "ë" * 200),
                          ("caption outside the first plane", "🖨️ stuk <b>&amp;</b>")):
        cases.append({"name": "seal: " + name, "kind": "seal", "publicKey": spki(KEY), "ephemeral": pictures.pkcs8(EPHEMERAL), "picture": PICTURE}
                     | BOUND | {"taken": TAKEN, "caption": caption, "image": image(),
                                "envelope": sealed(pictures.content(TAKEN, caption.encode(), image()))})
    return cases


def open_case(name, envelope, opens=True, error=None, key=KEY, **bound):
    case = {"name": name, "kind": "open", "privateKey": pictures.pkcs8(key), "envelope": envelope} | BOUND | bound
    try:
        plaintext = pictures.open_picture(key, envelope, (case["organization"], case["session"], case["author"]))
        got = None
    except Refused as refused:
        plaintext, got = None, refused.name
    if got != error or (error is None and (plaintext is not None) != opens):
        raise SystemExit(f"pictures: {name}: {got}, opens {plaintext is not None}")
    if error:
        return case | {"error": error}
    return case | {"opens": opens} | ({"content": plaintext} if opens else {})


def flip(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


def open_cases():
    usual, other = sealed(), sha256(b"nabij vectors pictures other")[:16]
    cases = [open_case("open: the usual picture", usual), open_case("open: smallest", sealed(pictures.content(0, b"", pictures.PNG))),
             open_case("open: another key", usual, opens=False, key=OTHER_KEY)]
    cases += [open_case(f"open: another {name}", usual, opens=False, **{name: other}) for name in ("organization", "session", "author")]
    cases += [open_case(f"open: one bit of {name} changed", flip(usual, at), opens=False)
              for name, at in (("the picture's number", 4), ("the key id", 20), ("the box", 117), ("the tag", len(usual) - 1))]
    cases.append(open_case("open: another ephemeral key", usual[:52] + p256.public_point(OTHER_KEY) + usual[117:], opens=False))
    cases += [
        open_case("refused: no bytes", b"", error="LengthOutOfRange"),
        open_case("refused: one byte less than the smallest", usual[:117 + 34], error="LengthOutOfRange"),
        open_case("refused: another magic", b"NKP2" + usual[4:], error="InvalidValue"),
        open_case("refused: the magic of a wrapped key", b"NKW1" + usual[4:], error="InvalidValue"),
        open_case("refused: ephemeral is compressed", flip(usual, 52), error="InvalidValue"),
        open_case("refused: ephemeral is not on the curve", flip(usual, 116), error="InvalidValue"),
        open_case("refused: ephemeral is zero", usual[:52] + b"\x04" + bytes(64) + usual[117:], error="InvalidValue"),
    ]
    return cases


def content_case(name, data, error=None):
    case, got, fields = {"name": name, "kind": "content", "hex": data}, None, None
    try:
        fields = pictures.read_content(data)
    except Refused as refused:
        got = refused.name
    if got != error:
        raise SystemExit(f"pictures: {name}: {got}, the case says {error}")
    return case | ({"error": error} if error else {"fields": fields})


def content_cases():
    make = pictures.content
    return [
        content_case("content: usual", make(TAKEN, b"Printer", image())),
        content_case("content: earliest and empty", make(0, b"", pictures.PNG)),
        content_case("content: latest time", make(2**53 - 1, b"", image())),
        content_case("refused: content of ten bytes", make(TAKEN, b"", b"")[:10], "Truncated"),
        content_case("refused: format 2", make(TAKEN, b"", image(), 2), "InvalidValue"),
        content_case("refused: time above 2^53-1", make(2**53, b"", image()), "InvalidValue"),
        content_case("refused: caption of 401 bytes", make(TAKEN, b"a" * 401, image()), "LengthOutOfRange"),
        content_case("refused: caption longer than the content", b"\x01" + u64(TAKEN) + u16(9) + b"short", "Truncated"),
        content_case("refused: caption with a line end", make(TAKEN, b"a\nb", image()), "InvalidText"),
        content_case("refused: caption that is no UTF-8", make(TAKEN, b"a\xff", image()), "InvalidText"),
        content_case("refused: caption with a byte-order mark", make(TAKEN, "\ufeffa".encode(), image()), "InvalidText"),
        content_case("refused: no image", make(TAKEN, b"", b""), "LengthOutOfRange"),
        content_case("refused: image of seven bytes", make(TAKEN, b"", pictures.PNG[:7]), "LengthOutOfRange"),
        content_case("refused: JPEG", make(TAKEN, b"", b"\xff\xd8\xff\xe0" + bytes(20)), "InvalidValue"),
    ]


def wrap_cases():
    return [{"name": "wrap: " + name, "kind": "wrap", "privateKey": pictures.pkcs8(KEY), "publicKey": spki(KEY), "organization": ORGANIZATION,
             "passphrase": passphrase, "utf8": unicodedata.normalize("NFC", passphrase).encode(), "iterations": 600_000, "salt": SALT, "nonce": NONCE,
             "wrapped": pictures.wrap(KEY, passphrase, 600_000, SALT, NONCE, ORGANIZATION)}
            for name, passphrase in (("the usual passphrase", PASSPHRASE), ("letters of two code points are put together", "cafe\u0301 de l'e\u0301te\u0301"))]


def unwrap_case(name, wrapped, opens=True, error=None, passphrase=PASSPHRASE, organization=ORGANIZATION, key=None):
    key = pictures.key_id(spki(KEY)) if key is None else key
    case, got, plaintext = {"name": name, "kind": "unwrap", "wrapped": wrapped, "passphrase": passphrase, "organization": organization, "key": key}, None, None
    try:
        plaintext = pictures.unwrap(wrapped, passphrase, organization, key)
    except Refused as refused:
        got = refused.name
    if got != error or (error is None and (plaintext is not None) != opens):
        raise SystemExit(f"pictures: {name}: {got}, opens {plaintext is not None}")
    if error:
        return case | {"error": error}
    return case | {"opens": opens} | ({"privateKey": plaintext} if opens else {})


def unwrap_cases():
    usual = pictures.wrap(KEY, PASSPHRASE, 600_000, SALT, NONCE, ORGANIZATION)
    return [
        unwrap_case("unwrap: the usual key", usual),
        unwrap_case("unwrap: more iterations", pictures.wrap(KEY, PASSPHRASE, 600_001, SALT, NONCE, ORGANIZATION)),
        unwrap_case("unwrap: a wrong passphrase", usual, opens=False, passphrase="vier groene fietsen "),
        unwrap_case("unwrap: another organization", usual, opens=False, organization=SESSION),
        unwrap_case("unwrap: another key id", usual, opens=False, key=pictures.key_id(spki(OTHER_KEY))),
        unwrap_case("unwrap: one bit of the salt changed", flip(usual, 8), opens=False),
        unwrap_case("refused: another magic of a wrapped key", b"NKW2" + usual[4:], error="InvalidValue"),
        unwrap_case("refused: 599,999 iterations", usual[:4] + u32(599_999) + usual[8:], error="InvalidValue"),
        unwrap_case("refused: 10,000,001 iterations", usual[:4] + u32(10_000_001) + usual[8:], error="InvalidValue"),
        unwrap_case("refused: box of 79 bytes", usual[:36 + 79], error="LengthOutOfRange"),
        unwrap_case("refused: box of 529 bytes", usual[:36] + bytes(529), error="LengthOutOfRange"),
    ]
