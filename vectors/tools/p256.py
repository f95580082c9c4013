"""ECDSA on P-256 with SHA-256, deterministic (RFC 6979), in plain integers; P1363 signatures.

The keys of the vectors are test keys: their private scalars are hashes of public names.
"""

import functools
import hashlib
import hmac

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
SPKI_PREFIX = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")


def add(a, b):
    if a is None:
        return b
    if b is None:
        return a
    if a[0] == b[0]:
        if (a[1] + b[1]) % P == 0:
            return None
        slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P) % P
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, P) % P
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def multiply(k: int, point):
    result = None
    while k:
        if k & 1:
            result = add(result, point)
        point = add(point, point)
        k >>= 1
    return result


def private_key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest(), "big") % (N - 1) + 1


@functools.lru_cache(maxsize=4096)
def public_point(d: int) -> bytes:
    x, y = multiply(d, G)
    return b"\x04" + x.to_bytes(32, "big") + y.to_bytes(32, "big")


def spki(point: bytes) -> bytes:
    return SPKI_PREFIX + point


def is_point(point: bytes) -> bool:
    if len(point) != 65 or point[0] != 4:
        return False
    x, y = int.from_bytes(point[1:33], "big"), int.from_bytes(point[33:], "big")
    return x < P and y < P and (y * y - x * x * x + 3 * x - B) % P == 0


def nonce(d: int, digest: bytes) -> int:
    x = d.to_bytes(32, "big")
    h = (int.from_bytes(digest, "big") % N).to_bytes(32, "big")
    k, v = bytes(32), b"\x01" * 32
    for marker in (b"\0", b"\1"):
        k = hmac.digest(k, v + marker + x + h, "sha256")
        v = hmac.digest(k, v, "sha256")
    while True:
        v = hmac.digest(k, v, "sha256")
        candidate = int.from_bytes(v, "big")
        if 0 < candidate < N:
            return candidate
        k = hmac.digest(k, v + b"\0", "sha256")
        v = hmac.digest(k, v, "sha256")


@functools.lru_cache(maxsize=4096)
def sign(d: int, message: bytes) -> bytes:
    digest = hashlib.sha256(message).digest()
    k = nonce(d, digest)
    r = multiply(k, G)[0] % N
    s = pow(k, -1, N) * (int.from_bytes(digest, "big") + r * d) % N
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


@functools.lru_cache(maxsize=4096)
def verify(point: bytes, message: bytes, signature: bytes) -> bool:
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if len(signature) != 64 or not (0 < r < N and 0 < s < N):
        return False
    e = int.from_bytes(hashlib.sha256(message).digest(), "big")
    w = pow(s, -1, N)
    q = int.from_bytes(point[1:33], "big"), int.from_bytes(point[33:], "big")
    x = add(multiply(e * w % N, G), multiply(r * w % N, q))
    return x is not None and x[0] % N == r
