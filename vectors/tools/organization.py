"""The organization document and block of chapter 02, and the consent record."""

import base64
import binascii
import json
import re

import p256
from primitives import sha256
from wire import Refused, lv, refuse_if, u32, u64, u8

MAX_SIGNED = 65536
MAGIC = b"NABIJORG"
HEX32 = re.compile(r"[0-9a-f]{32}\Z")
SLUG = re.compile(r"[a-z0-9](-?[a-z0-9])*\Z")
COLOR = re.compile(r"#[0-9a-f]{6}\Z")
LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
ORIGIN = re.compile(rf"(?:https://(?:{LABEL}(?:\.{LABEL})*)|(?P<plain>http://(?:localhost|127\.0\.0\.1|\[::1\])))"
                    r"(?::(?P<port>[1-9][0-9]{0,4}))?\Z")
LIMITS = {"organizationId": (32, 32), "slug": (1, 40), "displayName": (1, 64), "legalName": (0, 128),
          "tradeNumber": (0, 32), "phone": (0, 32), "helpUrl": (1, 255), "origin": (1, 255), "color": (7, 7)}
BACKUP = {"yes": 1, "no": 2, "help": 3}


def parse(data: bytes):
    """Strict UTF-8 and JSON, one object."""
    refuse_if(data.startswith(b"\xef\xbb\xbf"), "InvalidText")
    try:
        text = data.decode("utf-8", "strict")
    except UnicodeDecodeError:
        raise Refused("InvalidText") from None

    def no_constant(_):
        raise ValueError
    try:
        value = json.loads(text, parse_constant=no_constant)
    except ValueError:
        raise Refused("InvalidValue") from None
    refuse_if(not isinstance(value, dict), "InvalidValue")
    return value


def member(document, name, kind):
    value = document.get(name)
    refuse_if(not isinstance(value, kind) or isinstance(value, bool), "InvalidValue")
    check_text(value)
    return value


def check_text(value):
    """Chapter 00: no string holds a control character or a lone surrogate."""
    if isinstance(value, str):
        refuse_if(any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in value), "InvalidText")


def unbase64(text):
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("InvalidValue") from None
    refuse_if(base64.b64encode(value).decode() != text, "InvalidValue")
    return value


def text_member(document, name):
    value = member(document, name, str)
    least, most = LIMITS[name]
    refuse_if(not least <= len(value.encode()) <= most, "LengthOutOfRange")
    return value


def list_member(document, name, least, most):
    value = member(document, name, list)
    refuse_if(not least <= len(value) <= most, "LengthOutOfRange")
    refuse_if(any(not isinstance(entry, str) for entry in value), "InvalidValue")
    for entry in value:
        check_text(entry)
    return value


def is_origin(text):
    match = ORIGIN.match(text)
    if not match:
        return False
    port = int(match["port"]) if match["port"] else None
    return port is None or port <= 65535 and port != (80 if match["plain"] else 443)


def is_help_url(text):
    rest = text.split("://", 1)
    return len(rest) == 2 and all(" " < c < "\x7f" for c in text) and is_origin(rest[0] + "://" + rest[1].split("/", 1)[0])


def open_document(signed: bytes):
    refuse_if(len(signed) > MAX_SIGNED, "LengthOutOfRange")
    envelope = parse(signed)
    payload, signature = (unbase64(member(envelope, name, str)) for name in ("payload", "signature"))
    refuse_if(len(signature) != 64, "LengthOutOfRange")
    document = parse(payload)
    refuse_if(member(document, "format", int) != 1, "InvalidValue")
    result = {"format": 1} | {name: text_member(document, name) for name in LIMITS}
    result["abuseContact"] = ""
    if "abuseContact" in document:
        result["abuseContact"] = member(document, "abuseContact", str)
        refuse_if(len(result["abuseContact"].encode()) > 128, "LengthOutOfRange")
    keys = [unbase64(key) for key in list_member(document, "keys", 1, 2)]
    refuse_if(any(len(key) != 91 for key in keys), "LengthOutOfRange")
    denied = list_member(document, "deniedTechnicians", 0, 1024)
    refuse_if(any(len(entry.encode()) != 32 for entry in denied), "LengthOutOfRange")
    result |= {"keys": keys, "deniedTechnicians": denied, "minimumVersion": member(document, "minimumVersion", int)}
    valid = (HEX32.match(result["organizationId"]) and SLUG.match(result["slug"]) and COLOR.match(result["color"])
             and is_origin(result["origin"]) and is_help_url(result["helpUrl"]) and len(set(keys)) == len(keys)
             and all(HEX32.match(entry) for entry in denied) and 1 <= result["minimumVersion"] <= 255
             and all(key.startswith(p256.SPKI_PREFIX) for key in keys))
    refuse_if(not valid, "InvalidValue")
    refuse_if(any(not p256.is_point(key[26:]) for key in keys), "PointInvalid")
    refuse_if(not p256.verify(keys[0][26:], signed_bytes(payload), signature), "SignatureInvalid")
    return result


def signed_bytes(payload: bytes) -> bytes:
    return lv(b"Nabij organization", payload)


def sign(private: int, payload: bytes) -> bytes:
    return p256.sign(private, signed_bytes(payload))


def envelope(payload: bytes, signature: bytes) -> bytes:
    return json.dumps({"payload": base64.b64encode(payload).decode(),
                       "signature": base64.b64encode(signature).decode()}).encode()


def block(signed: bytes) -> bytes:
    return signed + u32(len(signed)) + MAGIC


def find_block(program: bytes):
    end = program_end(program)
    if not end.endswith(MAGIC):
        return None
    end = end[:-8]
    refuse_if(len(end) < 4, "Truncated")
    length = int.from_bytes(end[-4:], "big")
    refuse_if(not 1 <= length <= MAX_SIGNED, "LengthOutOfRange")
    refuse_if(length > len(end) - 4, "Truncated")
    return end[-4 - length:-4]


def program_end(program: bytes) -> bytes:
    table = certificate_table(program)
    if table is None:
        return program
    end = program[:table]
    for _ in range(7):
        if end.endswith(b"\0"):
            end = end[:-1]
    return end


def certificate_table(program: bytes):
    """File offset of a PE file's attribute certificate table, or None."""
    little = lambda at, size: int.from_bytes(program[at:at + size], "little")
    if program[:2] != b"MZ" or len(program) < 0x40:
        return None
    pe = little(0x3C, 4)
    if program[pe:pe + 4] != b"PE\0\0":
        return None
    directories = {0x10B: 96, 0x20B: 112}.get(little(pe + 24, 2))
    if directories is None or len(program) < pe + 24 + directories + 40:
        return None
    offset = little(pe + 24 + directories + 32, 4)
    return offset if 0 < offset <= len(program) else None


def consent_record(terms_id, terms_version, language, terms_hash, licence_hash, ticks, backup, time):
    return lv(b"RS1 consent", terms_id.encode(), terms_version.encode(), language.encode(), terms_hash, licence_hash,
              u8(ticks), u8(BACKUP[backup]), u64(time))


def consent_hash(record: bytes) -> bytes:
    return sha256(record)
