"""rendezvous.json: the JSON messages of chapter 01."""

import json

import rendezvous
from primitives import sha256
from wire import Refused

SENDERS = {"REGISTER": "host", "JOIN": "viewer"}


def documents():
    cases = register_cases() + nameplate_cases() + join_cases() + paired_cases() + resume_cases() + refused_cases() + json_cases()
    return {"rendezvous.json": {"chapter": "01-rendezvous", "about": "Messages of the rendezvous.", "cases": cases}}


def case(message, receiver, name, data, error=None, sender=None):
    data = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
    made = {"name": f"{message} to the {receiver}: {name}", "kind": "message", "message": message,
            "sender": sender or SENDERS.get(message, "server"), "receiver": receiver}
    try:
        made["text"] = data.decode("utf-8", "strict")
    except UnicodeDecodeError:
        made["hex"] = data
    try:
        got, fields = rendezvous.decode(data, receiver)
    except Refused as refused:
        if refused.name != error:
            raise SystemExit(f"{made['name']}: {refused.name}, the case says {error}") from None
        return made | {"error": error}
    if error or got != message:
        raise SystemExit(f"{made['name']}: taken as {got}, the case says {error}")
    return made | {"fields": fields}


def variant(base, **changes):
    """Members changed; a change to `MISSING` leaves the member out."""
    return {key: value for key, value in (base | changes).items() if value is not MISSING}


MISSING = object()


def hex_of(name, size):
    return sha256(b"nabij vectors rendezvous " + name.encode())[:size].hex()


CONSENT = {"termsId": "terms", "termsVersion": "2026-01", "language": "nl", "termsHash": hex_of("terms", 32),
           "licenceHash": hex_of("licence", 32), "ticks": 3, "backup": "yes", "time": 1790000000}
REGISTER = {"type": "register", "organization": "voorbeeld", "sidC": hex_of("sidC", 16), "versions": [1], "suites": [1],
            "name": "Jan", "language": "nl", "platform": "linux-x64", "program": "Nabij 1.0.0", "consent": CONSENT, "lease": None,
            "outcome": "none"}
NAMEPLATE = {"type": "nameplate", "nameplate": "417", "lease": hex_of("lease", 32), "secretSeconds": 600,
             "nameplateSeconds": 3600, "time": 1790000000}
JOIN = {"type": "join", "ticket": hex_of("ticket", 32), "nameplate": "417"}
PAIRED_VIEWER = {"type": "paired", "sidC": hex_of("sidC", 16), "versions": [1], "suites": [1],
                 "session": hex_of("session", 16), "cookie": hex_of("viewer 1", 32) * 2 + hex_of("viewer 2", 16), "resumeSeconds": 300}
PAIRED_HOST = {"type": "paired", "session": hex_of("session", 16), "cookie": hex_of("host 1", 32) * 2 + hex_of("host 2", 16),
               "resumeSeconds": 300, "receipt": hex_of("receipt", 32) * 9}
RESUME = {"type": "resume", "session": PAIRED_HOST["session"], "cookie": PAIRED_HOST["cookie"]}
WAITING = {"type": "waiting", "seconds": 240}
REJOINED = {"type": "rejoined", "session": PAIRED_HOST["session"]}
REFUSED = {"type": "refused", "reason": "unknown", "retryAfterSeconds": 0}

BAD_HEX = lambda size: [("too short", "a" * (2 * size - 1)), ("a byte short", "a" * (2 * size - 2)), ("a byte long", "a" * (2 * size + 2)),
                        ("in capitals", "A" * 2 * size), ("not hex", "g" * 2 * size), ("empty", ""), ("a number", 1)]
BAD_LIST = lambda most: [("empty", []), ("17 entries", list(range(17, 0, -1))), ("rising", [1, 2]), ("a duplicate", [2, 2, 1]),
                         ("above its limit", [most + 1]), ("negative", [-1]), ("a fraction", [1.5]), ("a text", ["1"]), ("true", [True]),
                         ("a number alone", 1), ("null", None)]


def register_cases():
    cases = []

    def c(name, error=None, /, **changes):
        cases.append(case("REGISTER", "server", name, variant(REGISTER, **changes), error))

    def consent(name, error=None, /, **changes):
        cases.append(case("REGISTER", "server", f"consent, {name}", variant(REGISTER, consent=variant(CONSENT, **changes)), error))
    c("usual")
    c("with a lease", lease=hex_of("lease", 32), outcome="wrong-code")
    c("without a name", name="")
    c("name of 64 letters outside ASCII", name="ж" * 64)
    c("name of 64 characters outside the first plane", name="😀" * 64)
    c("name with markup stays text", name="<b>\"'&amp;</b>")
    c("unknown members", shoeSize={"eu": [43]})
    c("several versions and suites", versions=[255, 2, 1, 0], suites=[65535, 2, 1])
    c("sixteen versions", versions=list(range(16, 0, -1)))
    c("language with a country", language="nl-BE")
    c("another platform", platform="mac-arm64")
    c("slug of 40", organization="a" * 40)
    for outcome in ("broken-off", "declined"):
        c(f"outcome {outcome}", outcome=outcome)
    for answer in ("no", "help"):
        consent(f"backup {answer}", backup=answer)
    consent("largest numbers", ticks=255, time=2**53 - 1)
    consent("longest texts", termsId="t" * 32, termsVersion="é" * 16)
    for member in list(REGISTER)[1:]:
        c(f"without {member}", "InvalidValue", **{member: MISSING})
    for member in CONSENT:
        consent(f"without {member}", "InvalidValue", **{member: MISSING})
    for name, slug in (("empty", ""), ("of 41", "a" * 41), ("in capitals", "Voorbeeld"), ("with a slash", "a/b"), ("-a", "-a"), ("a-", "a-"),
                       ("a--b", "a--b"), ("a number", 1)):
        c(f"organization {name}", "InvalidValue", organization=slug)
    for name, value in BAD_HEX(16):
        c(f"sidC {name}", "InvalidValue", sidC=value)
    for name, value in BAD_HEX(32):
        c(f"lease {name}", "InvalidValue", lease=value)
    for name, value in BAD_LIST(255):
        c(f"versions {name}", "InvalidValue", versions=value)
    for name, value in BAD_LIST(65535):
        c(f"suites {name}", "InvalidValue", suites=value)
    for name, value in (("of 65 characters", "x" * 65), ("null", None), ("a number", 1)):
        c(f"name {name}", "InvalidValue", name=value)
    for name, value in (("with U+0007", "a\x07b"), ("with a line feed", "a\nb"), ("with U+007F", "a\x7fb"), ("with U+009B", "a\x9bb")):
        c(f"name {name}", "InvalidText", name=value)
    for value in ("", "n", "NL", "nl-be", "nld", "nl-", "nl_BE", "nl-BEL"):
        c(f"language {value!r}", "InvalidValue", language=value)
    for name, value in (("empty", ""), ("of 33", "a" * 33), ("with a space", "linux x64"), ("in capitals", "Linux")):
        c(f"platform {name}", "InvalidValue", platform=value)
    for name, value in (("empty", ""), ("of 65 characters", "x" * 65)):
        c(f"program {name}", "InvalidValue", program=value)
    for name, value in (("null", None), ("a list", []), ("a text", "yes")):
        c(f"consent {name}", "InvalidValue", consent=value)
    for name, value in (("unknown", "lost"), ("empty", ""), ("in capitals", "None"), ("null", None)):
        c(f"outcome {name}", "InvalidValue", outcome=value)
    consent_faults(consent)
    return cases


def consent_faults(consent):
    for member in ("termsId", "termsVersion"):
        consent(f"{member} empty", "InvalidValue", **{member: ""})
        consent(f"{member} of 33 characters", "InvalidValue", **{member: "x" * 33})
    consent("language in capitals", "InvalidValue", language="NL")
    for member in ("termsHash", "licenceHash"):
        consent(f"{member} a byte short", "InvalidValue", **{member: "a" * 62})
        consent(f"{member} in capitals", "InvalidValue", **{member: "A" * 64})
    for name, value in (("256", 256), ("-1", -1), ("a text", "3"), ("a fraction", 0.5)):
        consent(f"ticks {name}", "InvalidValue", ticks=value)
    for name, value in (("unknown", "maybe"), ("true", True), ("1", 1)):
        consent(f"backup {name}", "InvalidValue", backup=value)
    for name, value in (("2^53", 2**53), ("-1", -1), ("a text", "0"), ("too large for 64 bits", 10**30)):
        consent(f"time {name}", "InvalidValue", time=value)


def nameplate_cases():
    cases = []

    def c(name, error=None, /, **changes):
        cases.append(case("NAMEPLATE", "host", name, variant(NAMEPLATE, **changes), error))
    for value in ("417", "000", "799", "8000", "9999"):
        c(f"nameplate {value}", nameplate=value)
    c("largest numbers", secretSeconds=3600, nameplateSeconds=86400, time=2**53 - 1)
    c("smallest numbers", secretSeconds=60, nameplateSeconds=60, time=0)
    c("unknown members", region="eu")
    for value in ("", "4", "41", "4170", "800", "999", "80000", "00000", "41a", "4 7", " 417", "４１７", "-17", None):
        c(f"nameplate {value!r}", "InvalidValue", nameplate=value)
    for member in list(NAMEPLATE)[1:]:
        c(f"without {member}", "InvalidValue", **{member: MISSING})
    for name, value in BAD_HEX(32) + [("null", None)]:
        c(f"lease {name}", "InvalidValue", lease=value)
    for member in ("secretSeconds", "nameplateSeconds", "time"):
        for value in (-1, 2**53, "600", 0.5, None):
            c(f"{member} {value!r}", "InvalidValue", **{member: value})
    for member, values in (("secretSeconds", (0, 59, 3601, 2**53 - 1)), ("nameplateSeconds", (0, 59, 86401, 2**53 - 1))):
        for value in values:
            c(f"{member} {value}", "InvalidValue", **{member: value})
    return cases


def join_cases():
    cases = []

    def c(name, error=None, /, **changes):
        cases.append(case("JOIN", "server", name, variant(JOIN, **changes), error))
    c("usual")
    c("four digits", nameplate="8417")
    c("unknown members", hurry=True)
    for member in list(JOIN)[1:]:
        c(f"without {member}", "InvalidValue", **{member: MISSING})
    for name, value in BAD_HEX(32) + [("null", None)]:
        c(f"ticket {name}", "InvalidValue", ticket=value)
    for value in ("41", "4170", "800", "417902635", "", 417):
        c(f"nameplate {value!r}", "InvalidValue", nameplate=value)
    return cases


def paired_cases():
    cases = []

    def v(name, error=None, /, **changes):
        cases.append(case("PAIRED", "viewer", name, variant(PAIRED_VIEWER, **changes), error))
    v("usual")
    v("several versions and suites", versions=[2, 1], suites=[2, 1])
    for member in list(PAIRED_VIEWER)[1:]:
        v(f"without {member}", "InvalidValue", **{member: MISSING})
    for name, value in BAD_HEX(16):
        v(f"sidC {name}", "InvalidValue", sidC=value)
        v(f"session {name}", "InvalidValue", session=value)
    for name, value in BAD_HEX(80):
        v(f"cookie {name}", "InvalidValue", cookie=value)
    for value in (59, 901, -1, "300", 60.5, None):
        v(f"resumeSeconds {value!r}", "InvalidValue", resumeSeconds=value)
    v("shortest window", resumeSeconds=60)
    v("longest window", resumeSeconds=900)
    for name, value in BAD_LIST(255):
        v(f"versions {name}", "InvalidValue", versions=value)
    for name, value in BAD_LIST(65535):
        v(f"suites {name}", "InvalidValue", suites=value)
    cases.append(case("PAIRED", "host", "usual", PAIRED_HOST))
    cases.append(case("PAIRED", "host", "with the viewer's members, which it ignores", PAIRED_VIEWER | {"receipt": PAIRED_HOST["receipt"]}))
    for name, value in (("none", ""), ("the longest", "0a" * 512)):
        cases.append(case("PAIRED", "host", f"receipt: {name}", variant(PAIRED_HOST, receipt=value)))
    for name, value in (("too long", "0a" * 513), ("of half a byte", "0a1"), ("in capitals", "0A"), ("that is no hex", "0g"), ("null", None)):
        cases.append(case("PAIRED", "host", f"receipt {name}", variant(PAIRED_HOST, receipt=value), "InvalidValue"))
    cases.append(case("PAIRED", "host", "without session", variant(PAIRED_HOST, session=MISSING), "InvalidValue"))
    for name, value in BAD_HEX(16):
        cases.append(case("PAIRED", "host", f"session {name}", variant(PAIRED_HOST, session=value), "InvalidValue"))
    for name, value in BAD_HEX(80):
        cases.append(case("PAIRED", "host", f"cookie {name}", variant(PAIRED_HOST, cookie=value), "InvalidValue"))
    for value in (59, 901, -1, "300", 60.5, None):
        cases.append(case("PAIRED", "host", f"resumeSeconds {value!r}", variant(PAIRED_HOST, resumeSeconds=value), "InvalidValue"))
    for member in ("cookie", "resumeSeconds", "receipt"):
        cases.append(case("PAIRED", "host", f"without {member}", variant(PAIRED_HOST, **{member: MISSING}), "InvalidValue"))
    return cases


def resume_cases():
    cases = []
    for sender in ("host", "viewer"):
        def r(name, error=None, /, sender=sender, **changes):
            cases.append(case("RESUME", "server", f"{name}, from the {sender}", variant(RESUME, **changes), error, sender))
        r("usual")
        r("unknown members", hurry=True)
        for member in list(RESUME)[1:]:
            r(f"without {member}", "InvalidValue", **{member: MISSING})
        for name, value in BAD_HEX(16) + [("null", None)]:
            r(f"session {name}", "InvalidValue", session=value)
        for name, value in BAD_HEX(80) + [("null", None)]:
            r(f"cookie {name}", "InvalidValue", cookie=value)
    for receiver in ("host", "viewer"):
        def w(name, error=None, /, receiver=receiver, **changes):
            cases.append(case("WAITING", receiver, name, variant(WAITING, **changes), error))

        def j(name, error=None, /, receiver=receiver, **changes):
            cases.append(case("REJOINED", receiver, name, variant(REJOINED, **changes), error))
        w("usual")
        w("one second", seconds=1)
        w("longest", seconds=900)
        for value in (0, 901, -1, "5", 0.5, None):
            w(f"seconds {value!r}", "InvalidValue", seconds=value)
        w("without seconds", "InvalidValue", seconds=MISSING)
        j("usual")
        j("without session", "InvalidValue", session=MISSING)
        for name, value in BAD_HEX(16):
            j(f"session {name}", "InvalidValue", session=value)
    return cases


def refused_cases():
    cases = []
    for receiver in ("host", "viewer"):
        def c(name, error=None, /, receiver=receiver, **changes):
            cases.append(case("REFUSED", receiver, name, variant(REFUSED, **changes), error))
        for reason in ("unknown", "busy", "limited", "organization", "ticket", "full", "outdated", "unavailable"):
            c(reason, reason=reason, retryAfterSeconds=60 if reason == "limited" else 0)
        for value in ("", "nope", "Unknown", 1, None):
            c(f"reason {value!r}", "InvalidValue", reason=value)
        for value in (-1, 2**53, "0", 0.5, None):
            c(f"retryAfterSeconds {value!r}", "InvalidValue", retryAfterSeconds=value)
        c("without reason", "InvalidValue", reason=MISSING)
        c("without retryAfterSeconds", "InvalidValue", retryAfterSeconds=MISSING)
    return cases


def json_cases():
    good = json.dumps(JOIN).encode()
    cases = []

    def c(name, data, error=None):
        cases.append(case("JOIN", "server", name, data, error))
    c("spaces and line ends", json.dumps(JOIN, indent=2).encode())
    c("members in another order", dict(reversed(JOIN.items())))
    c("escapes", good.replace(b"join", b"\\u006aoin").replace(b'"417"', b'"\\u00341\\u0037"'))
    c("exactly 4,096 bytes", good + b" " * (4096 - len(good)))
    c("4,097 bytes", good + b" " * (4097 - len(good)), "LengthOutOfRange")
    for name, data in (("nothing", b""), ("only spaces", b"  "), ("not JSON", b"hello"), ("cut off", good[:-1]), ("two objects", good + good),
                       ("a comma too many", good[:-1] + b",}"), ("single quotes", good.replace(b'"', b"'")),
                       ("a comment", b"/* */" + good), ("a byte-order mark", b"\xef\xbb\xbf" + good),
                       ("a name without quotes", good.replace(b'"type"', b"type")), ("NaN", good[:-1] + b',"a":NaN}'),
                       ("a leading zero", good[:-1] + b',"a":01}'), ("a bare control character", good.replace(b"join", b"jo\nin")),
                       ("not UTF-8", good[:-1] + b',"a":"\xff"}'), ("an overlong form", good[:-1] + b',"a":"\xc0\xaf"}'),
                       ("a surrogate in UTF-8", good[:-1] + b',"a":"\xed\xa0\x80"}')):
        c(name, data, "InvalidText")
    c("a lone surrogate, escaped", good.replace(b'"417"', b'"\\ud800"'), "InvalidText")
    c("an escaped control character", good.replace(b'"417"', b'"41\\u0007"'), "InvalidText")
    for name, data in (("an array", b"[]"), ("null", b"null"), ("a text", b'"join"'), ("a number", b"1"), ("an empty object", b"{}"),
                       ("without type", variant(JOIN, type=MISSING)), ("type a number", variant(JOIN, type=1)), ("type null", variant(JOIN, type=None)),
                       ("type twice", good.replace(b'"type"', b'"type": "join", "type"')),
                       ("nameplate twice, once escaped", good[:-1] + b',"nam\\u0065plate":"418"}'),
                       ("an unknown member twice", good[:-1] + b',"a":1,"a":1}'),
                       ("a member twice inside an unknown one", good[:-1] + b',"a":{"b":1,"b":1}}')):
        c(name, data, "InvalidValue")
    for value in ("JOIN", "register ", "", "resumed"):
        c(f"type {value!r}", variant(JOIN, type=value), "UnknownType")
    c("what the server says: paired", PAIRED_HOST, "UnknownType")
    for receiver, message, data in (("host", "NAMEPLATE", JOIN), ("host", "NAMEPLATE", REGISTER), ("viewer", "PAIRED", NAMEPLATE),
                                    ("viewer", "PAIRED", JOIN)):
        cases.append(case(message, receiver, f"in place: {data['type']}", data, "UnknownType"))
    return cases
