"""X25519 (RFC 7748) and Elligator 2 for curve25519 (RFC 9380), in plain integers.

Written from the RFCs, for vectors only: nothing here is constant time.
"""

P = 2**255 - 19
A = 486662
ZERO = bytes(32)
BASE = b"\x09" + bytes(31)


def x25519(scalar: bytes, u: bytes) -> bytes:
    """The function of RFC 7748 section 5: clamps, masks bit 255, always canonical."""
    k = bytearray(scalar)
    k[0] &= 248
    k[31] = k[31] & 127 | 64
    return encode(ladder(int.from_bytes(k, "little"), int.from_bytes(u, "little") % 2**255 % P))


def ladder(k: int, u: int) -> int:
    x2, z2, x3, z3, swap = 1, 0, u, 1, 0
    for t in reversed(range(255)):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a, b * b, d * a, c * b
        e = aa - bb
        x3, z3 = (da + cb) ** 2 % P, u * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, z2 = x3, z3
    return x2 * pow(z2, P - 2, P) % P


def encode(u: int) -> bytes:
    return (u % P).to_bytes(32, "little")


def is_canonical(share: bytes) -> bool:
    return int.from_bytes(share, "little") < P


def map_to_curve(r: int) -> int:
    """u-coordinate of Elligator 2 with Z = 2."""
    v = -A * pow(1 + 2 * r * r, P - 2, P) % P
    w = (v**3 + A * v * v + v) % P
    return v if pow(w, (P - 1) // 2, P) == 1 else (-v - A) % P


def is_first_branch(r: int) -> bool:
    v = -A * pow(1 + 2 * r * r, P - 2, P) % P
    return pow((v**3 + A * v * v + v) % P, (P - 1) // 2, P) == 1


def field_element(hash32: bytes) -> int:
    return int.from_bytes(hash32, "little") % 2**255 % P
