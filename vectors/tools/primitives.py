"""HMAC, HKDF and AES-GCM as RS1 uses them (chapter 02). AES-GCM is python3-cryptography's."""

import hashlib
import hmac as hmac_module

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wire import lv


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def hmac(key: bytes, data: bytes) -> bytes:
    return hmac_module.digest(key, data, "sha256")


def extract(salt: bytes, ikm: bytes) -> bytes:
    return hmac(salt or bytes(32), ikm)


def expand(prk: bytes, info: bytes, length: int) -> bytes:
    out, block, counter = b"", b"", 1
    while len(out) < length:
        block = hmac(prk, block + info + bytes([counter]))
        out, counter = out + block, counter + 1
    return out[:length]


def derive(secret: bytes, label: str, length: int) -> bytes:
    """E and X of chapter 02: one lv item, "RS1 " and the label."""
    return expand(secret, lv(b"RS1 " + label.encode()), length)


def seal(key: bytes, nonce: bytes, aad: bytes, plaintext: bytes) -> bytes:
    return AESGCM(key).encrypt(nonce, plaintext, aad)


def open_box(key: bytes, nonce: bytes, aad: bytes, box: bytes):
    """The plaintext, or None when it does not authenticate."""
    try:
        return AESGCM(key).decrypt(nonce, box, aad)
    except InvalidTag:
        return None
