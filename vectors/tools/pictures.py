"""Kept pictures and the wrapped pictures key (chapter 14): reference implementation."""

import hashlib
import unicodedata

import p256
from primitives import expand, extract, open_box, seal, sha256
from wire import lv, number, refuse_if, u16, u32, u64, u8

WRAPPED, ENVELOPE = b"NKW1", b"NKP1"
PNG = b"\x89PNG\r\n\x1a\n"
LEAST_ITERATIONS, MOST_ITERATIONS = 600_000, 10_000_000
WRAPPED_HEADER, HEADER, TAG = 36, 117, 16
LONGEST_CAPTION, LARGEST_IMAGE = 400, 4_194_304


def pkcs8(private: int) -> bytes:
    """RFC 5958 with the ECPrivateKey of RFC 5915, public point included, as browsers write it."""
    ec = b"\x02\x01\x01\x04\x20" + private.to_bytes(32, "big") + b"\xa1\x44\x03\x42\x00" + p256.public_point(private)
    algorithm = bytes.fromhex("301306072a8648ce3d020106082a8648ce3d030107")
    ec = b"\x30" + bytes([len(ec)]) + ec
    body = b"\x02\x01\x00" + algorithm + b"\x04" + bytes([len(ec)]) + ec
    return b"\x30\x81" + bytes([len(body)]) + body


def key_id(public: bytes) -> bytes:
    return sha256(public)


def wrapping_key(passphrase: str, salt: bytes, iterations: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", unicodedata.normalize("NFC", passphrase).encode(), salt, iterations)


def wrapped_aad(organization: bytes, key: bytes, header: bytes) -> bytes:
    return lv(b"Nabij pictures key", organization, key, header)


def wrap(private: int, passphrase: str, iterations: int, salt: bytes, nonce: bytes, organization: bytes) -> bytes:
    header = WRAPPED + u32(iterations) + salt + nonce
    key = key_id(p256.spki(p256.public_point(private)))
    return header + seal(wrapping_key(passphrase, salt, iterations), nonce, wrapped_aad(organization, key, header), pkcs8(private))


def check_wrapped(data: bytes):
    refuse_if(not WRAPPED_HEADER + 80 <= len(data) <= WRAPPED_HEADER + 528, "LengthOutOfRange")
    refuse_if(data[:4] != WRAPPED, "InvalidValue")
    refuse_if(not LEAST_ITERATIONS <= number(data[4:8]) <= MOST_ITERATIONS, "InvalidValue")


def unwrap(data: bytes, passphrase: str, organization: bytes, key: bytes):
    check_wrapped(data)
    header = data[:WRAPPED_HEADER]
    return open_box(wrapping_key(passphrase, data[8:24], number(data[4:8])), data[24:36],
                    wrapped_aad(organization, key, header), data[WRAPPED_HEADER:])


def context(organization: bytes, session: bytes, author: bytes, header: bytes) -> bytes:
    return lv(b"Nabij kept picture", organization, session, author, header)


def shared_secret(private: int, point: bytes) -> bytes:
    x, _ = p256.multiply(private, (number(point[1:33]), number(point[33:])))
    return x.to_bytes(32, "big")


def keys(shared: bytes, key: bytes, bound: bytes):
    okm = expand(extract(key, shared), bound, 44)
    return okm[:32], okm[32:]


def content(taken: int, caption: bytes, image: bytes, version: int = 1) -> bytes:
    return u8(version) + u64(taken) + u16(len(caption)) + caption + image


def seal_picture(ephemeral: int, public: bytes, picture: bytes, bound_to: tuple, plaintext: bytes) -> bytes:
    key = key_id(public)
    header = ENVELOPE + picture + key + p256.public_point(ephemeral)
    bound = context(*bound_to, header)
    box_key, nonce = keys(shared_secret(ephemeral, public[26:]), key, bound)
    return header + seal(box_key, nonce, bound, plaintext)


def check_envelope(data: bytes):
    least, most = 11 + len(PNG) + TAG, 11 + LONGEST_CAPTION + LARGEST_IMAGE + TAG
    refuse_if(not HEADER + least <= len(data) <= HEADER + most, "LengthOutOfRange")
    refuse_if(data[:4] != ENVELOPE or not p256.is_point(data[52:HEADER]), "InvalidValue")


def open_picture(private: int, data: bytes, bound_to: tuple):
    check_envelope(data)
    header = data[:HEADER]
    bound = context(*bound_to, header)
    box_key, nonce = keys(shared_secret(private, header[52:]), header[20:52], bound)
    return open_box(box_key, nonce, bound, data[HEADER:])


def read_content(data: bytes):
    refuse_if(len(data) < 11, "Truncated")
    refuse_if(data[0] != 1 or number(data[1:9]) > 2**53 - 1, "InvalidValue")
    length = number(data[9:11])
    refuse_if(length > LONGEST_CAPTION, "LengthOutOfRange")
    refuse_if(len(data) < 11 + length, "Truncated")
    caption, image = data[11:11 + length], data[11 + length:]
    refuse_if(caption[:3] == b"\xef\xbb\xbf", "InvalidText")
    try:
        text = caption.decode()
    except UnicodeDecodeError:
        text = None
    refuse_if(text is None or any(ord(c) < 32 or 127 <= ord(c) < 160 for c in text), "InvalidText")
    refuse_if(not len(PNG) <= len(image) <= LARGEST_IMAGE, "LengthOutOfRange")
    refuse_if(image[:8] != PNG, "InvalidValue")
    return {"taken": number(data[1:9]), "caption": text, "image": image}
