"""lv.json, x25519.json, cpace.json, hkdf.json, hmac.json, sas.json."""

import curve25519
import handshake
import published
from primitives import expand, extract, hmac, sha256
from wire import Refused, items, lv

RFC7748, RFC9380, RFC5869, RFC4231 = "RFC 7748", "RFC 9380 J.4.2", "RFC 5869 appendix A", "RFC 4231 section 4"
DRAFT = "draft-irtf-cfrg-cpace-21"
OWN = "computed by vectors/tools"
b = bytes.fromhex


def documents():
    return {"lv.json": lv_document(), "x25519.json": x25519_document(), "cpace.json": cpace_document(),
            "hkdf.json": hkdf_document(), "hmac.json": hmac_document(), "sas.json": sas_document()}


def lv_document():
    cases = []
    for item, encoded in published.PREPEND:
        cases.append({"name": f"prepend_len of {len(item) // 2} bytes", "kind": "encode", "items": [item],
                      "hex": encoded, "source": DRAFT + " appendix A.1"})
    cases.append({"name": "lv_cat", "kind": "encode", "items": published.LV_CAT[0], "hex": published.LV_CAT[1],
                  "source": DRAFT + " appendix A.1"})
    for name, parts in (("no items", []), ("one empty item", [b""]), ("16,383 bytes", [b"\x5a" * 16383]),
                        ("16,384 bytes", [b"\xa5" * 16384])):
        cases.append({"name": name, "kind": "encode", "items": parts, "hex": lv(*parts)})
    good = [("two items", "0201020103", 2), ("empty items", "000000", 3), ("two-byte length", "8001" + "77" * 128, 1)]
    for name, data, count in good:
        cases.append({"name": "decode " + name, "kind": "decode", "hex": data, "count": count,
                      "items": items(b(data), count)})
    bad = [
        ("nothing where an item is due", "", 1, "Truncated"),
        ("second item missing", "0101", 2, "Truncated"),
        ("length beyond the end", "0201", 1, "Truncated"),
        ("length of two bytes beyond the end", "8001" + "77" * 127, 1, "Truncated"),
        ("length ends early", "80", 1, "Truncated"),
        ("length ends early after two bytes", "8080", 1, "Truncated"),
        ("byte behind the last item", "010100", 1, "TrailingBytes"),
        ("item behind the last item", "01010102", 1, "TrailingBytes"),
        ("any byte where no item is due", "00", 0, "TrailingBytes"),
        ("zero in two bytes", "8000", 1, "NonMinimalLength"),
        ("one in two bytes", "810001", 1, "NonMinimalLength"),
        ("one in three bytes", "81800001", 1, "NonMinimalLength"),
        ("127 in two bytes", "ff00" + "77" * 127, 1, "NonMinimalLength"),
        ("four bytes of length", "8180800101", 1, "NonMinimalLength"),
        ("five bytes of length", "818080800001", 1, "NonMinimalLength"),
        ("four bytes of length that end early", "818080", 1, "NonMinimalLength"),
        ("largest four-byte length", "ffffff7f", 1, "NonMinimalLength"),
        ("largest three-byte length beyond the end", "ffff7f00", 1, "Truncated"),
    ]
    for name, data, count, error in bad:
        expect_refusal(lambda: items(b(data), count), error, name)
        cases.append({"name": name, "kind": "decode", "hex": data, "count": count, "error": error})
    return {"chapter": "02-handshake", "about": "Length-prefixed lists.", "cases": cases}


def expect_refusal(action, error, name):
    try:
        action()
    except Refused as refused:
        if refused.name != error:
            raise SystemExit(f"{name}: refused as {refused.name}, the case says {error}") from None
        return
    raise SystemExit(f"{name}: not refused, the case says {error}")


def x25519_document():
    cases = [{"name": f"RFC 7748 single {i + 1}", "kind": "multiply", "scalar": s, "u": u, "result": r,
              "source": RFC7748 + " section 5.2"} for i, (s, u, r) in enumerate(published.X25519_SINGLE)]
    for count, result in published.X25519_ITERATED:
        cases.append({"name": f"RFC 7748 iterated {count:,}", "kind": "iterate", "iterations": count,
                      "result": result, "source": RFC7748 + " section 5.2"})
    for name, (scalar, public) in (("Alice", published.ALICE), ("Bob", published.BOB)):
        cases.append({"name": name + "'s public key", "kind": "multiply", "scalar": scalar, "u": curve25519.BASE,
                      "result": public, "source": RFC7748 + " section 6.1"})
    for name, mine, other in (("Alice", published.ALICE, published.BOB), ("Bob", published.BOB, published.ALICE)):
        cases.append({"name": name + "'s shared secret", "kind": "multiply", "scalar": mine[0], "u": other[1],
                      "result": published.ALICE_AND_BOB, "source": RFC7748 + " section 6.1"})
    for name, u, result in published.LOW_ORDER:
        cases.append({"name": f"bare function on {name}", "kind": "multiply", "scalar": published.LOW_ORDER_SCALAR,
                      "u": u, "result": result, "source": DRAFT + " appendix B.1.10"})
    cases += edge_multiplications() + share_cases()
    return {"chapter": "02-handshake", "about": "X25519 and the share check.", "cases": cases}


def edge_multiplications():
    scalar = sha256(b"nabij vectors x25519 scalar")
    p = curve25519.P
    points = [("2", 2), ("p-2", p - 2), ("p-3", p - 3), ("2^254", 2**254), ("2^255-20", 2**255 - 20),
              ("limbs of all ones", 2**51 - 1 | (2**51 - 1) << 102 | (2**50 - 1) << 204),
              ("a leading zero byte", 2**240 + 5), ("a small number", 4), ("2^51", 2**51), ("2^204", 2**204),
              ("-A", p - curve25519.A), ("p-9", p - 9)]
    cases = []
    for name, u in points:
        u32 = curve25519.encode(u)
        cases.append({"name": f"u is {name}", "kind": "multiply", "scalar": scalar, "u": u32,
                      "result": curve25519.x25519(scalar, u32), "source": OWN})
    for name, k in (("all zero", bytes(32)), ("all ones", b"\xff" * 32), ("clamped already", b"\x40" + bytes(30) + b"\x40"),
                    ("only clamped-away bits", b"\x07" + bytes(30) + b"\x80")):
        cases.append({"name": f"scalar is {name}", "kind": "multiply", "scalar": k, "u": curve25519.BASE,
                      "result": curve25519.x25519(k, curve25519.BASE), "source": OWN})
    return cases


def bad_shares():
    """name, share, error for every class of share that a side must refuse."""
    shares = [(name, b(u), "ShareNotCanonical" if not curve25519.is_canonical(b(u)) else "ZeroResult")
              for name, u, _ in published.LOW_ORDER]
    p = curve25519.P
    for extra in (0, 1, 2, 8, 9, 17, 18):
        if extra > 1:
            shares.append((f"p+{extra}", (p + extra).to_bytes(32, "little"), "ShareNotCanonical"))
    good = curve25519.x25519(sha256(b"nabij vectors share"), curve25519.BASE)
    shares.append(("an honest share with bit 255 set", good[:31] + bytes([good[31] | 128]), "ShareNotCanonical"))
    shares.append(("32 bytes ff", b"\xff" * 32, "ShareNotCanonical"))
    return shares


def share_cases():
    scalar = b(published.LOW_ORDER_SCALAR)
    cases = []
    for name, share, error in bad_shares():
        def run(share=share):
            handshake.check_share(share)
            handshake.multiply(scalar, share)
        expect_refusal(run, error, name)
        cases.append({"name": f"share {name}", "kind": "share", "scalar": scalar, "share": share, "error": error})
    for name, u in (("2", 2), ("p-2", curve25519.P - 2), ("9", 9)):
        share = curve25519.encode(u)
        cases.append({"name": f"share {name} is taken", "kind": "share", "scalar": scalar, "share": share,
                      "result": curve25519.x25519(scalar, share)})
    return cases


def cpace_document():
    c = published.CPACE
    cases = []
    for index, (r, u) in enumerate(published.ELLIGATOR):
        cases.append(map_case(f"RFC 9380 message {index + 1}", b(r)[::-1], b(u)[::-1], RFC9380))
    p = curve25519.P
    for name, r in (("0", 0), ("1", 1), ("p-1", p - 1), ("2", 2), ("p-2", p - 2), ("2^254", 2**254), ("2^51-1", 2**51 - 1)):
        cases.append(map_case(f"r is {name}", curve25519.encode(r), curve25519.encode(curve25519.map_to_curve(r)), OWN))
    branches = {True: 0, False: 0}
    for index in range(16):
        r = curve25519.field_element(sha256(b"nabij vectors map %d" % index))
        first = curve25519.is_first_branch(r)
        branches[first] += 1
        cases.append(map_case(f"{'g is v' if first else 'g is -v-A'} {branches[first]}", curve25519.encode(r),
                              curve25519.encode(curve25519.map_to_curve(r)), OWN))
    assert min(branches.values()) >= 4
    for name, data in hashes():
        cases.append({"name": name, "kind": "mapHash", "hash": data, "source": OWN,
                      "u": curve25519.encode(curve25519.map_to_curve(curve25519.field_element(data)))})
    cases.append({"name": "draft generator", "kind": "generator", "prs": c["prs"], "ci": c["ci"], "sid": c["sid"],
                  "string": published.CPACE_STRING_START, "hash": c["hash"], "generator": c["generator"],
                  "source": DRAFT + " appendix B.1.1"})
    cases += own_generators()
    cases.append({"name": "draft exchange", "kind": "exchange", "source": DRAFT + " appendix B.1.2 to B.1.5"}
                 | {key: c[key] for key in ("generator", "sid", "scalarA", "scalarB", "adA", "adB", "shareA", "shareB",
                                            "k", "isk")})
    for index, (parts, encoded) in enumerate(published.TRANSCRIPTS):
        cases.append({"name": f"transcript_ir {index + 1}", "kind": "transcript", "shareA": parts[0], "adA": parts[1],
                      "shareB": parts[2], "adB": parts[3], "transcript": encoded, "source": DRAFT + " appendix A.3"})
    return {"chapter": "02-handshake", "about": "CPace on X25519 with SHA-512, and its map.", "cases": cases}


def map_case(name, r, u, source):
    return {"name": name, "kind": "map", "r": r, "u": u, "source": source}


def hashes():
    p = curve25519.P
    top = 2**255
    for name, value in (("bit 255 set", top + 12345), ("all ones", 2**256 - 1), ("only bit 255", top), ("p", p),
                        ("p+1", p + 1), ("p with bit 255", top + p), ("2^255-1", top - 1)):
        yield f"hash is {name}", value.to_bytes(32, "little")
    for index in range(4):
        yield f"hash {index + 1}", sha256(b"nabij vectors hash %d" % index)


def own_generators():
    cases = []
    ci = b(published.RS1_1["ci"])
    sid = bytes(range(32))
    for name, prs in (("six digits", b"902635"), ("five digits", b"90263"), ("six zeros", b"000000"),
                      ("an empty secret", b""), ("a secret that leaves no zeros", b"7" * 130)):
        hash32, g = handshake.generator(prs, ci, sid)
        cases.append({"name": "generator of " + name, "kind": "generator", "prs": prs, "ci": ci, "sid": sid,
                      "string": handshake.generator_string(prs, ci, sid), "hash": hash32, "generator": g, "source": OWN})
    return cases


def hkdf_document():
    cases = [{"name": f"RFC 5869 A.{i + 1}", "kind": "hkdf", "ikm": ikm, "salt": salt, "info": info, "length": length,
              "prk": prk, "okm": okm, "source": RFC5869}
             for i, (ikm, salt, info, length, prk, okm) in enumerate(published.HKDF)]
    for length in (0, 1, 12, 16, 31, 32, 33, 64, 255):
        ikm, salt, info = b"\x0b" * 64, sha256(b"salt"), lv(b"RS1 key")
        prk = extract(salt, ikm)
        cases.append({"name": f"{length} bytes", "kind": "hkdf", "ikm": ikm, "salt": salt, "info": info,
                      "length": length, "prk": prk, "okm": expand(prk, info, length), "source": OWN})
    return {"chapter": "02-handshake", "about": "HKDF with SHA-256.", "cases": cases}


def hmac_document():
    cases = [{"name": f"RFC 4231 case {i + 1}", "kind": "hmac", "key": key, "data": data, "mac": mac, "source": RFC4231}
             for i, (key, data, mac) in enumerate(published.HMAC)]
    for length in (0, 32, 63, 64, 65):
        key = b"\x5a" * length
        cases.append({"name": f"key of {length} bytes", "kind": "hmac", "key": key, "data": b"", "mac": hmac(key, b""),
                      "source": OWN})
    return {"chapter": "02-handshake", "about": "HMAC with SHA-256.", "cases": cases}


def sas_document():
    cases = [sas_case("RS1 vector 1", b(published.RS1_1["prk"]), b"\xa1" * 16, b"\xc1" * 16, "RS1 vector 1")]
    wanted = {"leading zero": lambda n: n[0] == "0" and n[1] != "0", "two leading zeros": lambda n: n[:2] == "00",
              "last digit zero": lambda n: n[3] == "0", "all zero": lambda n: n == "0000", "9999": lambda n: n == "9999",
              "three leading zeros": lambda n: n[:3] == "000" and n[3] != "0"}
    for name, fits in wanted.items():
        prk, counter = sha256(b"nabij vectors sas " + name.encode()), 0
        while not fits(handshake.check_number(prk, counter.to_bytes(16, "big"), bytes(16))):
            counter += 1
        cases.append(sas_case(name, prk, counter.to_bytes(16, "big"), bytes(16)))
    for index in range(6):
        seed = b"nabij vectors sas %d" % index
        cases.append(sas_case(f"number {index + 1}", sha256(seed), sha256(seed + b" t")[:16], sha256(seed + b" c")[:16]))
    t, c = sha256(b"nabij vectors sas swap t")[:16], sha256(b"nabij vectors sas swap c")[:16]
    for name, nonces in (("nonces one way", (t, c)), ("nonces the other way", (c, t))):
        cases.append(sas_case(name, sha256(b"nabij vectors sas swap"), *nonces))
    return {"chapter": "02-handshake", "about": "The check number.", "cases": cases}


def sas_case(name, prk, nonce_t, nonce_c, source=OWN):
    return {"name": name, "kind": "checkNumber", "prk": prk, "nonceT": nonce_t, "nonceC": nonce_c,
            "checkNumber": handshake.check_number(prk, nonce_t, nonce_c), "source": source}
