"""ecdsa.json: signatures at the edges, in the classes that Wycheproof's P1363 file has, constructed here."""

import p256
import published
from cases_handshake import OTHER_TECHNICIAN, TECHNICIAN, flip
from primitives import sha256

N, P = p256.N, p256.P
MESSAGE = b"nabij vectors message"
OWN = "constructed by vectors/tools"


def documents():
    cases = published_cases() + ranges() + sizes() + altered() + constructed() + keys()
    return {"ecdsa.json": {"chapter": "02-handshake", "about": "ECDSA P-256 with SHA-256, signatures r || s.", "cases": cases}}


def case(name, point, message, signature, valid, source=OWN):
    if p256.is_point(point) and p256.verify(point, message, signature) != valid:
        raise SystemExit(f"ecdsa: {name}: the reference does not say {valid}")
    return {"name": name, "kind": "verify", "publicKey": point, "message": message, "signature": signature, "valid": valid,
            "source": source}


def b32(n):
    return n.to_bytes(32, "big")


def point_bytes(point):
    return b"\4" + b32(point[0]) + b32(point[1])


def hashed(message):
    return int.from_bytes(sha256(message), "big")


def published_cases():
    point = p256.public_point(published.ECDSA_KEY)
    return [case(f"RFC 6979 {message.decode()}", point, message, bytes.fromhex(signature), True, "RFC 6979 appendix A.2.5")
            for message, signature in published.ECDSA]


def ranges():
    """Every pair of special values is refused."""
    point = p256.public_point(TECHNICIAN)
    special = {"0": 0, "1": 1, "n-1": N - 1, "n": N, "n+1": N + 1, "p": P, "p+1": P + 1, "2^256-1": 2**256 - 1}
    return [case(f"r = {r_name}, s = {s_name}", point, MESSAGE, b32(r) + b32(s), False)
            for r_name, r in special.items() for s_name, s in special.items()]


def sizes():
    point, signature = p256.public_point(TECHNICIAN), p256.sign(TECHNICIAN, MESSAGE)
    r, s = signature[:32], signature[32:]
    made = {"empty": b"", "63 bytes": signature[:63], "65 bytes": signature + b"\0", "66 bytes, both numbers longer": b"\0" + r + b"\0" + s,
            "r alone": r, "r and s cut to 31 bytes": r[1:] + s[1:], "DER": der(r, s), "twice": signature + signature}
    return [case(f"size: {name}", point, MESSAGE, data, False) for name, data in made.items()]


def der(r, s):
    number = lambda n: (lambda raw: b"\2" + bytes([len(raw)]) + raw)((b"\0" if n[0] > 127 else b"") + n)
    body = number(r) + number(s)
    return b"\x30" + bytes([len(body)]) + body


def altered():
    point, signature = p256.public_point(TECHNICIAN), p256.sign(TECHNICIAN, MESSAGE)
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    cases = [
        case("as it is", point, MESSAGE, signature, True),
        case("the other s", point, MESSAGE, b32(r) + b32(N - s), True),
        case("the other r", point, MESSAGE, b32(N - r) + b32(s), False),
        case("r and s swapped", point, MESSAGE, b32(s) + b32(r), False),
        case("another message", point, MESSAGE + b" ", signature, False),
        case("the message hashed twice", point, sha256(MESSAGE), signature, False),
        case("another key", p256.public_point(OTHER_TECHNICIAN), MESSAGE, signature, False),
        case("an empty message", point, b"", p256.sign(TECHNICIAN, b""), True),
        case("a long message", point, MESSAGE * 100, p256.sign(TECHNICIAN, MESSAGE * 100), True),
    ]
    for byte in (0, 31, 32, 63):
        for bit in (0, 7):
            cases.append(case(f"bit {bit} of byte {byte} flipped", point, MESSAGE, flip(byte, bit)(signature), False))
    return cases


def lift(x):
    """A point with this x, or None."""
    square = (x**3 - 3 * x + p256.B) % P
    y = pow(square, (P + 1) // 4, P)
    return (x, y) if y * y % P == square else None


def key_for(r_point, r, s, message):
    """The public key under which (r, s) verifies with the given point R."""
    inverse = pow(r, -1, N)
    left = p256.multiply(s * inverse % N, r_point)
    return p256.add(left, p256.multiply(-hashed(message) * inverse % N, p256.G))


def constructed():
    """Valid signatures with chosen r and s, and sums that meet the special cases of point addition."""
    cases = []
    first = next(x for x in range(1, 100) if lift(x))
    for name, s in (("1", 1), ("2", 2), ("n-1", N - 1), ("n-2", N - 2), ("2^128", 2**128), ("(n+1)/2", (N + 1) // 2)):
        cases.append(case(f"smallest r, s = {name}", point_bytes(key_for(lift(first), first, s, MESSAGE)), MESSAGE, b32(first) + b32(s), True))
    beyond = next(x for x in range(N + 1, N + 200) if lift(x))
    signature = b32(beyond - N) + b32(3)
    cases.append(case("x of R is above n", point_bytes(key_for(lift(beyond), beyond - N, 3, MESSAGE)), MESSAGE, signature, True))
    cases.append(case("r not reduced where x of R is above n", point_bytes(key_for(lift(beyond), beyond - N, 3, MESSAGE)), MESSAGE,
                      b32(beyond) + b32(3), False))
    e, k = hashed(MESSAGE), 0x1234567890ABCDEF
    r = p256.multiply(k, p256.G)[0] % N
    doubling = e * pow(r, -1, N) % N
    s = 2 * e * pow(k, -1, N) % N
    cases.append(case("both halves of the sum are the same point", p256.public_point(doubling), MESSAGE, b32(r) + b32(s), True))
    cases.append(case("the sum is the point at infinity", p256.public_point(-doubling % N), MESSAGE, b32(r) + b32(s), False))
    for name, d in (("1", 1), ("2", 2), ("n-1", N - 1), ("(n-1)/2", (N - 1) // 2)):
        cases.append(case(f"private key {name}", p256.public_point(d), MESSAGE, p256.sign(d, MESSAGE), True))
    return cases


def keys():
    """A key that is no point refuses everything, a good signature too."""
    point, signature = p256.public_point(TECHNICIAN), p256.sign(TECHNICIAN, MESSAGE)
    x, y = point[1:33], point[33:]
    wrong = {"compressed": bytes([2 + (y[-1] & 1)]) + x, "hybrid": bytes([6 + (y[-1] & 1)]) + x + y, "without its first byte": x + y,
             "off the curve": flip(64)(point), "zeros": b"\4" + bytes(64), "x above the field prime": b"\4" + b32(P + 5) + b32(lift(5)[1]) if lift(5) else None,
             "point at infinity": b"\0", "empty": b"", "66 bytes": point + b"\0"}
    return [case(f"key: {name}", key, MESSAGE, signature, False) for name, key in wrong.items() if key is not None]
