"""resume.json: R1 and R2, with one fault each."""

import curve25519
import published
import resume
from cases_handshake import longer_length, raw_item, replace, seed, without
from cases_primitives import bad_shares
from primitives import hmac
from wire import Refused, lv, u8, u16, u32, u64

SESSION = seed("session", 16)
SECRETS = [seed("rs 0"), seed("rs 1"), seed("rs 2")]
IDS_T = [{"channel": 5, "id": 7}, {"channel": 7, "id": 12}]
IDS_C = [{"channel": 7, "id": 3}]


def documents():
    cases = published_cases() + good() + host_refuses() + viewer_refuses()
    return {"resume.json": {"chapter": "02-handshake", "about": "Resume: R1 and R2.", "cases": cases}}


def viewer(generation=0, overrides=None, **changes):
    settings = {"session": SESSION, "secret": SECRETS[generation], "scalar": seed("ea"), "nonce": seed("r_t", 16),
                "ids": IDS_T} | changes
    return resume.Viewer(settings["session"], changes.get("n", generation), settings["secret"], settings["scalar"],
                         settings["nonce"], settings["ids"], overrides)


def host(held=(0,), overrides=None, **changes):
    settings = {"session": SESSION, "scalar": seed("eb"), "nonce": seed("r_c", 16), "ids": IDS_C, "recent": 0} | changes
    return resume.Host(settings["session"], {n: SECRETS[n] for n in held}, settings["scalar"], settings["nonce"],
                       settings["ids"], settings["recent"], overrides)


def host_case(name, h, r1, error=None, **extra):
    case = {"name": f"host: {name}", "kind": "host", "sessionId": h.session,
            "secrets": [{"n": n, "secret": s} for n, s in h.secrets.items()], "scalar": h.scalar, "nonce": h.nonce,
            "ids": h.ids, "recentAttempts": h.recent, "r1": r1}
    return case | outcome(name, error, lambda: dict(zip(("r2", "values"), h.answer(r1)))) | extra


def viewer_case(name, v, r2, error=None, **extra):
    case = {"name": f"viewer: {name}", "kind": "viewer", "sessionId": v.session, "n": v.n, "secret": v.secret,
            "scalar": v.scalar, "nonce": v.nonce, "ids": v.ids, "r1": v.r1, "r2": r2}
    return case | outcome(name, error, lambda: {"values": v.finish(r2)}) | extra


def outcome(name, error, run):
    try:
        result = run()
    except Refused as refused:
        if refused.name != error:
            raise SystemExit(f"resume: {name}: refused as {refused.name}, the case says {error}") from None
        return {"error": error}
    if error:
        raise SystemExit(f"resume: {name}: not refused, the case says {error}")
    return result


def published_cases():
    v, h = resume.Viewer.from_inputs(published.RS1_3_INPUTS), resume.Host.from_inputs(published.RS1_3_INPUTS)
    r1 = v.start()
    r2, _ = h.answer(r1)
    return [host_case("RS1 vector 3", h, r1, source="RS1 vector 3"), viewer_case("RS1 vector 3", v, r2, source="RS1 vector 3")]


def good():
    cases = []

    def pair(name, v, h):
        r1 = v.start()
        cases.append(host_case(name, h, r1))
        cases.append(viewer_case(name, v, h.answer(r1)[0]))
    many = [{"channel": c, "id": c * 1000} for c in range(32)]
    pair("the usual resume", viewer(), host())
    pair("second resume of a session", viewer(1), host((1,)))
    pair("the older of two generations", viewer(0), host((0, 1)))
    pair("the newer of two generations", viewer(1), host((0, 1)))
    pair("no ids", viewer(ids=[]), host(ids=[]))
    pair("32 ids", viewer(ids=many), host(ids=many))
    pair("largest id", viewer(ids=[{"channel": 255, "id": 2**53 - 1}]), host(ids=[{"channel": 0, "id": 0}]))
    pair("tenth attempt within a minute", viewer(), host(recent=9))
    return cases


def wire_faults():
    """name, error, change of the seven items' list (before the mac) or of the whole message."""
    ids = lambda entries: b"".join(u8(c) + u64(i) for c, i in entries)
    in_items = [
        ("session id of 15 bytes", "LengthOutOfRange", replace(1, lambda i: i[:15])),
        ("session id of 17 bytes", "LengthOutOfRange", replace(1, lambda i: i + b"x")),
        ("n of 2 bytes", "LengthOutOfRange", replace(2, u16(0))),
        ("n of 8 bytes", "LengthOutOfRange", replace(2, u64(0))),
        ("nonce of 15 bytes", "LengthOutOfRange", replace(3, lambda i: i[:15])),
        ("nonce of 17 bytes", "LengthOutOfRange", replace(3, lambda i: i + b"x")),
        ("share of 31 bytes", "LengthOutOfRange", replace(4, lambda i: i[:31])),
        ("share of 33 bytes", "LengthOutOfRange", replace(4, lambda i: i + b"\0")),
        ("ids of 8 bytes", "LengthOutOfRange", replace(5, lambda i: bytes(8))),
        ("ids of 10 bytes", "LengthOutOfRange", replace(5, lambda i: bytes(10))),
        ("33 ids", "LengthOutOfRange", replace(5, lambda i: ids([(c, 1) for c in range(33)]))),
        ("ids with a channel twice", "InvalidValue", replace(5, lambda i: ids([(7, 1), (7, 2)]))),
        ("ids with falling channels", "InvalidValue", replace(5, lambda i: ids([(7, 1), (5, 2)]))),
        ("an id above 2^53-1", "InvalidValue", replace(5, lambda i: ids([(7, 2**53)]))),
        ("type of two bytes", "LengthOutOfRange", replace(0, u16(0x11))),
        ("unknown type", "UnknownType", replace(0, u8(0x13))),
        ("type of MSG1", "OutOfOrder", replace(0, u8(1))),
        ("an item missing", "Truncated", without(5)),
    ]
    in_message = [
        ("empty", "Truncated", lambda m: b""),
        ("mac missing", "Truncated", lambda m: m[:-33]),
        ("last byte missing", "Truncated", lambda m: m[:-1]),
        ("a byte behind", "TrailingBytes", lambda m: m + b"\0"),
        ("an item behind", "TrailingBytes", lambda m: m + lv(b"x")),
        ("1,025 bytes", "LengthOutOfRange", lambda m: m + bytes(1025 - len(m))),
        ("mac of 31 bytes", "LengthOutOfRange", lambda m: m[:-33] + lv(m[-32:-1])),
        ("mac of 33 bytes", "LengthOutOfRange", lambda m: m[:-33] + lv(m[-32:] + b"\0")),
    ]
    return in_items, in_message


def encoding_fault(index):
    def body(data):
        fields, at = [], 0
        while at < len(data):
            item, at = resume.handshake.take(data, at)
            fields.append(item)
        return raw_item(index, longer_length(1))(fields)
    return body


def flip(data):
    return data[:-1] + bytes([data[-1] ^ 1])


def host_refuses():
    cases = []
    in_items, in_message = wire_faults()
    for name, error, change in in_items:
        cases.append(host_case(name, host(), viewer(overrides={"items": change}).start(), error))
    for name, error, change in in_message:
        cases.append(host_case(name, host(), viewer(overrides={"message": change}).start(), error))
    for index, name in ((1, "session id"), (4, "share")):
        cases.append(host_case(f"longer length than needed: {name}", host(),
                               viewer(overrides={"body": encoding_fault(index)}).start(), "NonMinimalLength"))
    for name, share, error in bad_shares():
        cases.append(host_case(f"share {name}", host(), viewer(overrides={"share": lambda _, s=share: s}).start(), error))
    plain = viewer().start()
    b1 = plain[:-33]
    cases += [
        host_case("R2 in place of R1", host(), host().answer(plain)[0], "OutOfOrder"),
        host_case("another session", host(), viewer(session=seed("another session", 16)).start(), "UnknownSession"),
        host_case("a generation that it does not hold yet", host((0,)), viewer(1).start(), "UnknownGeneration"),
        host_case("a generation that it no longer holds", host((1, 2)), viewer(0).start(), "UnknownGeneration"),
        host_case("largest n", host(), viewer(n=2**32 - 1, secret=SECRETS[0]).start(), "UnknownGeneration"),
        host_case("a session that has ended", host(()), plain, "UnknownGeneration"),
        host_case("eleventh attempt within a minute", host(recent=10), plain, "TooManyAttempts"),
        host_case("mac with a flipped bit", host(), flip(plain), "MacMismatch"),
        host_case("mac of zeros", host(), b1 + lv(bytes(32)), "MacMismatch"),
        host_case("mac under another secret", host(), viewer(secret=SECRETS[1]).start(), "MacMismatch"),
        host_case("mac under the host's key", host(),
                  viewer(overrides={"macKey": lambda _: resume.mac_key(SECRETS[0], "C")}).start(), "MacMismatch"),
        host_case("mac under the bare secret", host(), viewer(overrides={"macKey": lambda _: SECRETS[0]}).start(), "MacMismatch"),
        host_case("mac of the other generation", host((0, 1)), viewer(1, n=0).start(), "MacMismatch"),
        host_case("share changed on the way", host(), swap(plain, 4, curve25519.x25519(seed("m"), curve25519.BASE)), "MacMismatch"),
        host_case("ids changed on the way", host(), swap(plain, 5, b""), "MacMismatch"),
        host_case("nonce changed on the way", host(), swap(plain, 3, bytes(16)), "MacMismatch"),
    ]
    return cases


def swap(message, index, value):
    return lv(*replace(index, value)(resume.items(message, 7)))


def viewer_refuses():
    cases = []

    def refuse(name, error, overrides=None, change=None, held=(0,), n=0, answer=None):
        v = viewer(n)
        r1 = v.start()
        r2 = answer(r1) if answer else host(held, overrides).answer(r1)[0]
        cases.append(viewer_case(name, v, change(r2) if change else r2, error))
    in_items, in_message = wire_faults()
    for name, error, edit in in_items:
        refuse(name, error, {"items": edit})
    for name, error, edit in in_message:
        refuse(name, error, {"message": edit})
    refuse("longer length than needed: share", "NonMinimalLength", {"body": encoding_fault(4)})
    for name, share, error in bad_shares():
        refuse(f"share {name}", error, {"share": lambda _, s=share: s})
    refuse("our own R1", "OutOfOrder", answer=lambda r1: r1)
    refuse("another session", "UnknownSession", {"items": replace(1, seed("another session", 16))})
    refuse("another generation", "UnknownGeneration", {"items": replace(2, u32(1))})
    refuse("mac with a flipped bit", "MacMismatch", change=flip)
    refuse("mac under our key", "MacMismatch", {"macKey": lambda _: resume.mac_key(SECRETS[0], "T")})
    refuse("mac without R1", "MacMismatch", {"macPrefix": lambda _: b""})
    refuse("answer to another R1", "MacMismatch", answer=lambda r1: host().answer(viewer(nonce=seed("other", 16)).start())[0])
    refuse("share changed on the way", "MacMismatch", change=lambda m: swap(m, 4, curve25519.x25519(seed("m"), curve25519.BASE)))
    refuse("ids changed on the way", "MacMismatch", change=lambda m: swap(m, 5, b""))
    return cases
