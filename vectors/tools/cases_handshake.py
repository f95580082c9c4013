"""handshake.json: whole runs of both sides, right ones and ones with a single fault."""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

import curve25519
import handshake
import p256
import published
from cases_primitives import bad_shares
from handshake import FAIL, Host, Viewer
from primitives import sha256
from wire import Refused, leb128, lv, u8, u16, u32, u64

NOW = 1790000000
ORGANIZATION = p256.private_key("nabij vectors organization key 1")
NEXT_ORGANIZATION = p256.private_key("nabij vectors organization key 2")
OTHER_ORGANIZATION = p256.private_key("nabij vectors another organization")
TECHNICIAN = p256.private_key("nabij vectors technician key")
OTHER_TECHNICIAN = p256.private_key("nabij vectors another technician")
TECHNICIAN_ID = sha256(b"nabij vectors technician id")[:16]
PUBLIC = p256.public_point(TECHNICIAN)
LEARNED_BY_HOST = ("technicianId", "displayName", "requested", "client")


def spki(private):
    return p256.spki(p256.public_point(private))


def seed(what, size=32):
    return sha256(("nabij vectors handshake " + what).encode())[:size]


def certificate(private=ORGANIZATION, **changes):
    settings = {"public_key": PUBLIC, "technician_id": TECHNICIAN_ID, "name": b"Peter", "not_before": NOW - 3600,
                "not_after": NOW + 39600} | changes
    return handshake.certificate(private, **settings)


CERTIFICATE = certificate()


def host_inputs(**changes):
    return {
        "secret": "902635", "nameplate": "417", "origin": "https://help.example.nl", "sidC": seed("sid_c", 16).hex(),
        "versions": "01", "suites": "0001", "organizationKeys": [spki(ORGANIZATION).hex()], "deniedTechnicians": [],
        "now": NOW, "scalar": seed("yb").hex(), "nonce": seed("nonce_c", 16).hex(), "termsId": "terms-nl",
        "termsVersion": "2026-01", "termsHash": sha256(b"example consent record").hex(), "acceptanceTime": NOW - 3600,
        "ceiling": 0x3FF, "application": "app/1.0.0 linux", "granted": 0, "machineName": "PC-JAN", "userName": "jan",
        "brokenOffRuns": 0} | changes


def viewer_inputs(**changes):
    return {
        "secret": "902635", "nameplate": "417", "origin": "https://help.example.nl", "sidC": seed("sid_c", 16).hex(),
        "versions": "01", "suites": "0001", "sidT": seed("sid_t", 16).hex(), "certificate": CERTIFICATE.hex(),
        "requested": 7, "client": "web/1.0.0", "scalar": seed("ya").hex(), "nonce": seed("nonce_t", 16).hex(),
        "secondRun": False, "technicianKey": TECHNICIAN} | changes


def both(**changes):
    return {"host": changes, "viewer": changes}


class Case:
    """One case: `host`, `viewer` change inputs; `host_faults`, `viewer_faults` misbehave; `wire` alters in transit."""

    def __init__(self, name, error=None, **settings):
        self.name, self.error, self.settings = name, error, settings
        self.comment = settings.get("comment")
        self.host = Host(host_inputs(**settings.get("host", {})), settings.get("host_faults"))
        self.viewer = Viewer(viewer_inputs(**settings.get("viewer", {})), settings.get("viewer_faults"))
        self.wire, self.steps = settings.get("wire", {}), []

    def transit(self, number, data):
        return self.wire[number](data) if number in self.wire else data

    def finish(self, kind, side):
        last = self.steps[-1]
        if last.get("error") != self.error:
            raise SystemExit(f"{self.name}: ended as {last.get('error')}, the case says {self.error}")
        if "burns" in self.settings and last["burns"] != self.settings["burns"]:
            raise SystemExit(f"{self.name}: burns is {last['burns']}")
        inputs = {key: value for key, value in side.inputs.items() if key != "technicianKey"}
        case = {"name": f"{kind}: {self.name}", "kind": kind, "inputs": inputs, "steps": self.steps}
        if last.get("established"):
            case["values"] = dict(side.schedule.values) | {"learned": side.learned}
        for key in ("comment", "source"):
            if self.settings.get(key):
                case[key] = self.settings[key]
        return case


class CustomerCase(Case):
    def make(self):
        msg1 = self.settings["first"] if "first" in self.settings else self.transit(1, self.viewer.start())
        event = self.settings.get("first_event", "message")
        reply = self.feed(event, msg1 if event == "message" else None)
        if reply is None:
            return self.finish("customer", self.host)
        if "second" in self.settings:
            event, data = self.settings["second"]
            data = data(self) if callable(data) else data
        else:
            msg3, _ = self.viewer.step("message", self.transit(2, reply))
            event, data = "message", self.transit(3, msg3)
        self.feed(event, data)
        return self.finish("customer", self.host)

    def feed(self, event, data):
        step = {"event": event} | ({"hex": data.hex()} if data is not None else {})
        self.steps.append(step)
        try:
            reply, _ = self.host.step(event, data)
        except Refused as refused:
            step |= self.host.failure(refused.name, event)
            return None
        step["reply"] = reply.hex()
        if self.host.done:
            step["established"] = True
        return reply


class TechnicianCase(Case):
    def make(self):
        msg1 = self.viewer.start()
        self.steps.append({"event": "start", "reply": msg1.hex()})
        if "first" in self.settings:
            event, data = self.settings["first"]
            data = data(self) if callable(data) else data
        else:
            msg2, _ = self.host.step("message", msg1)
            event, data = "message", self.transit(2, msg2)
        msg3 = self.feed(event, data)
        if msg3 is None:
            return self.finish("technician", self.viewer)
        self.viewer.inputs["signature"] = self.viewer.sign(self.viewer.schedule.values["signed"]).hex()
        if "second" in self.settings:
            event, data = self.settings["second"]
            data = data(self) if callable(data) else data
        else:
            msg4, _ = self.host.step("message", self.transit(3, msg3))
            event, data = "message", self.transit(4, msg4)
        self.feed(event, data)
        return self.finish("technician", self.viewer)

    def feed(self, event, data):
        step = {"event": event} | ({"hex": data.hex()} if data is not None else {})
        self.steps.append(step)
        try:
            reply, retry = self.viewer.step(event, data)
        except Refused as refused:
            silent = event == "closed" or refused.name in ("PeerFailed", "Unsupported")
            step |= {"reply": None if silent else FAIL.hex(), "error": refused.name}
            return None
        step["reply"] = reply.hex() if reply else None
        if retry:
            step["retry"] = retry
        elif self.viewer.done:
            step["established"] = True
        return reply


def documents():
    cases = [schedule_case()] + vector_4() + positives()
    for maker in (negotiation, msg1_wire, msg1_lists, msg1_certificate, msg1_shares, keys_differ, altered_in_transit,
                  msg3_faults, certificate_checks, relatives, broken_off, msg2_faults, msg4_faults):
        cases += maker()
    keys = {name: {"private": private.to_bytes(32, "big"), "public": spki(private)} for name, private in (
        ("organization", ORGANIZATION), ("nextOrganization", NEXT_ORGANIZATION),
        ("anotherOrganization", OTHER_ORGANIZATION), ("technician", TECHNICIAN), ("anotherTechnician", OTHER_TECHNICIAN))}
    return {"handshake.json": {
        "chapter": "02-handshake", "about": "Runs of RS1: key schedule, both sides' state machines, one fault each.",
        "keys": keys, "cases": cases}}


def schedule_case():
    return {"name": "schedule: RS1 vector 1", "kind": "schedule", "inputs": published.RS1_1_INPUTS,
            "values": published.rs1_1_schedule(), "source": "RS1 vector 1",
            "comment": "Certificate and signature are placeholders."}


def vector_4():
    host, viewer = published.rs1_4_sides()
    made = []
    for kind in (CustomerCase, TechnicianCase):
        case = kind("RS1 vector 4", source="RS1 vector 4")
        case.host, case.viewer = Host(dict(host)), Viewer(dict(viewer))
        made.append(case.make())
    return made


def relatives():
    """Chapter 13: no certificate, the first organization key, zeros in place of a signature, looking only."""
    keys = {"organizationKeys": [spki(ORGANIZATION).hex(), spki(NEXT_ORGANIZATION).hex()]}
    host = {"isRelative": True, "ceiling": 1}
    viewer = {"certificate": "", "organizationKeyHash": sha256(spki(ORGANIZATION)).hex(), "requested": 1}

    def refused(name, error, burns, host=host, viewer=viewer, **faults):
        return CustomerCase("relative: " + name, error, burns=burns, host=host, viewer=viewer, viewer_faults=faults).make()
    return pair("relative: the usual run", host=host, viewer=viewer) \
        + pair("relative: the first of two organization keys", host=host | keys, viewer=viewer) \
        + pair("relative: nothing requested", host=host, viewer=viewer | {"requested": 0}) + [
        refused("with a certificate", "LengthOutOfRange", False, viewer={}),
        refused("in a technician's run", "LengthOutOfRange", False, host={}),
        refused("the second organization key", "TagMismatch", True, host=host | keys,
                viewer=viewer | {"organizationKeyHash": sha256(spki(NEXT_ORGANIZATION)).hex()}),
        refused("more than looking requested", "RightsExceeded", True, viewer=viewer | {"requested": 3}),
        refused("a signature", "SignatureInvalid", True, signature=lambda zeros: zeros[:63] + b"\1")]


def pair(name, **settings):
    return [kind(name, **settings).make() for kind in (CustomerCase, TechnicianCase)]


def positives():
    text64, text32, text128 = "ë" * 32, "é" * 16, "ü" * 64
    five = dict(secret="90263", nameplate="8417")
    local = dict(origin="http://localhost:8080")
    cases = pair("the usual run")
    cases += pair("four digits and five", **both(**five))
    cases += pair("secret with leading zeros", **both(secret="000012"))
    cases += pair("nameplate of zeros", **both(nameplate="000"))
    cases += pair("origin with a port", **both(origin="https://help.example.nl:8443"))
    cases += pair("origin with an A-label", **both(origin="https://xn--hlp-8la.example"))
    cases += pair("origin of a local test", **both(**local))
    cases += pair("origin of 255 bytes", **both(origin="https://" + "a" * 60 + ("." + "b" * 60) * 3 + ".cc"))
    cases += pair("empty texts", host={"application": "", "machineName": "", "userName": ""}, viewer={"client": ""})
    longest = {"application": text64, "machineName": text128, "userName": text128, "termsId": text32, "termsVersion": text32}
    cases += pair("longest texts", host=longest,
                  viewer={"client": text64, "certificate": certificate(name=text64.encode()).hex()})
    cases += pair("one-byte texts", host={"termsId": "t", "termsVersion": "1"},
                  viewer={"certificate": certificate(name=b"P").hex()})
    cases += pair("names outside the first plane", host={"machineName": "電腦😀", "userName": "Жанна"},
                  viewer={"certificate": certificate(name="Ольга 👩‍💻".encode()).hex(), "client": "тест/1"})
    cases += pair("decomposed and bidirectional text stays as it is", host={"userName": "e\u0301\u202eabc"},
                  viewer={"certificate": certificate(name="e\u0301".encode()).hex()})
    cases += pair("certificate under the next organization key",
                  host={"organizationKeys": [spki(ORGANIZATION).hex(), spki(NEXT_ORGANIZATION).hex()]},
                  viewer={"certificate": certificate(NEXT_ORGANIZATION).hex()})
    cases += pair("certificate under the current of two keys",
                  host={"organizationKeys": [spki(ORGANIZATION).hex(), spki(NEXT_ORGANIZATION).hex()]})
    cases += pair("all permissions", host={"ceiling": 0xFFF}, viewer={"requested": 0xFFF})
    cases += pair("no permissions", host={"ceiling": 0}, viewer={"requested": 0, "certificate": certificate(rights=0).hex()})
    cases += pair("more requested than the ceiling", host={"ceiling": 1}, viewer={"requested": 0xFF})
    cases += pair("granted within requested and ceiling", host={"granted": 5, "ceiling": 0x3F})
    cases += pair("largest acceptance time", host={"acceptanceTime": 2**53 - 1})
    cases += pair("acceptance time zero", host={"acceptanceTime": 0})
    for name, now in (("300 s before not before", NOW - 3900), ("300 s after not after", NOW + 39900),
                      ("at not before", NOW - 3600), ("at not after", NOW + 39600)):
        cases += pair("now is " + name, host={"now": now})
    cases += pair("two broken runs before", host={"brokenOffRuns": 2})
    cases += pair("another technician on the deny list", host={"deniedTechnicians": [seed("denied", 16).hex()]})
    cases += high_s() + zero_bytes() + branches()
    return cases


def high_s():
    """r || n - s verifies as well: products accept both."""
    def flip(signature):
        return signature[:32] + (p256.N - int.from_bytes(signature[32:], "big")).to_bytes(32, "big")
    low_high = {"signature": flip}
    return [CustomerCase("signature with the other s", viewer_faults=low_high).make()]


def fast_x25519(scalar, u):
    """The library's, for searching only; what is found is computed again by our own."""
    return X25519PrivateKey.from_private_bytes(scalar).exchange(X25519PublicKey.from_public_bytes(u))


def search(fits, label):
    for index in range(100000):
        scalar = seed(f"{label} {index}")
        if fits(scalar):
            return scalar
    raise SystemExit("nothing found for " + label)


def zero_bytes():
    """Values with zero bytes at either end: code that drops them fails here."""
    cases = []
    sid_c = seed("sid_c", 16)
    ci = handshake.channel_identifier(1, 1, sha256(spki(ORGANIZATION)), "https://help.example.nl", "417")
    for name, byte in (("first", 0), ("last", 31)):
        sid_t = search(lambda x: handshake.generator(b"902635", ci, sid_c + x[:16])[1][byte] == 0, f"g {name}")[:16]
        cases += pair(f"generator with a zero {name} byte", viewer={"sidT": sid_t.hex()})
    sid = sid_c + seed("sid_t", 16)
    g = handshake.generator(b"902635", ci, sid)[1]
    for name, byte in (("first", 0), ("last", 31)):
        scalar = search(lambda k: fast_x25519(k, g)[byte] == 0, f"Ya {name}")
        cases += pair(f"technician's share with a zero {name} byte", viewer={"scalar": scalar.hex()})
        scalar = search(lambda k: fast_x25519(k, g)[byte] == 0, f"Yb {name}")
        cases += pair(f"customer's share with a zero {name} byte", host={"scalar": scalar.hex()})
        share = curve25519.x25519(seed("ya"), g)
        scalar = search(lambda k: fast_x25519(k, share)[byte] == 0, f"K {name}")
        cases += pair(f"K with a zero {name} byte", host={"scalar": scalar.hex()})
    return cases


def branches():
    cases, seen = [], set()
    for index in range(20):
        sid_t = seed(f"branch {index}", 16)
        case = CustomerCase("probe", viewer={"sidT": sid_t.hex()})
        case.make()
        first = curve25519.is_first_branch(int.from_bytes(case.host.schedule.values["r"], "little"))
        if first not in seen:
            seen.add(first)
            cases += pair(f"map by {'v' if first else '-v - A'}", viewer={"sidT": sid_t.hex()})
    assert len(seen) == 2
    return cases


def negotiation():
    c, t = CustomerCase, TechnicianCase
    unsupported = lambda versions, suites: ("message", lv(u8(0x0E), bytes.fromhex(versions), bytes.fromhex(suites)))
    two = {"versions": "0201", "suites": "0001"}
    cases = [
        c("unknown versions behind ours are no matter", viewer={"versions": "010302"}),
        c("unknown suites behind ours are no matter", viewer={"suites": "000100030002"}),
        c("first version unknown", "Unsupported", viewer={"versions": "0201"}, burns=False),
        c("no version shared", "Unsupported", viewer={"versions": "02"}, burns=False),
        c("first suite unknown", "Unsupported", viewer={"suites": "00020001"}, burns=False),
        c("no suite shared", "Unsupported", viewer={"suites": "0002"}, burns=False),
        c("a higher shared version behind the first", "Downgrade", viewer={"versions": "0102"}, host={"versions": "0201"},
          burns=False),
        c("a higher shared suite behind the first", "Downgrade", viewer={"suites": "00010002"},
          host={"suites": "00020001"}, burns=False),
        c("a lower version when the higher is not offered", viewer={"versions": "01"}, host={"versions": "0201"}),
        t("the host knows a higher version that we do not", host={"versions": "0201"}),
        t("the host knows a higher suite that we do not", host={"suites": "00020001"}),
        t("second run with the shared version in front", viewer={"versions": "0102", "secondRun": True}),
        t("second run with the shared suite in front", viewer={"suites": "00010002", "secondRun": True}),
        t("unsupported: retry with the shared version", viewer=two, first=unsupported("01", "0001")),
        t("unsupported: retry with the shared suite", viewer={"suites": "000300020001"}, first=unsupported("01", "00020001")),
        t("unsupported: retry with both", viewer={"versions": "030201", "suites": "00020001"},
          first=unsupported("0201", "0001")),
        t("unsupported: no version shared", "Unsupported", first=unsupported("02", "0001")),
        t("unsupported: no suite shared", "Unsupported", first=unsupported("01", "0002")),
        t("unsupported though ours is the highest", "Unsupported", first=unsupported("01", "0001")),
        t("unsupported a second time", "Unsupported", viewer={"versions": "0102", "secondRun": True},
          first=unsupported("0201", "0001")),
        t("unsupported with a list that rises", "InvalidValue", first=unsupported("0102", "0001")),
        t("unsupported with a duplicate", "InvalidValue", first=unsupported("01", "00010001")),
        t("unsupported with an empty list", "LengthOutOfRange", first=unsupported("", "0001")),
        t("unsupported with half a suite", "LengthOutOfRange", first=unsupported("01", "000100")),
        t("unsupported with 17 versions", "LengthOutOfRange", first=unsupported(bytes(range(17, 0, -1)).hex(), "0001")),
        t("unsupported without suites", "Truncated", first=("message", lv(u8(0x0E), u8(1)))),
        t("unsupported with a byte behind", "TrailingBytes", first=("message", lv(u8(0x0E), u8(1), u16(1)) + b"\0")),
    ]
    retried = {"versions": "0201", "suites": "0001"}
    cases.append(t("second run, though the host's list shares a higher version", "Downgrade",
                   viewer={"versions": "0102", "secondRun": True}, host={"versions": "01"},
                   host_faults={"adItems": lambda f: f[:3] + [bytes.fromhex(retried["versions"])] + f[4:]},
                   comment="A forged UNSUPPORTED made T start lower than both sides can."))
    cases.append(t("second run, though the host's list shares a higher suite", "Downgrade",
                   viewer={"suites": "00010002", "secondRun": True},
                   host_faults={"adItems": lambda f: f[:4] + [bytes.fromhex("00020001")] + f[5:]}))
    return [case.make() for case in cases]


def replace(index, value):
    """Item `index` becomes value, or value(item)."""
    def change(fields):
        new = value(fields[index]) if callable(value) else value
        return fields[:index] + [new] + fields[index + 1:]
    return change


def without(index):
    return lambda fields: fields[:index] + fields[index + 1:]


def raw_item(index, encoded):
    """The list with item `index` in an encoding of our own: encoded(item) gives length and bytes."""
    def change(fields):
        return b"".join(encoded(f) if i == index else lv(f) for i, f in enumerate(fields))
    return change


def longer_length(extra):
    """The same length in `extra` more bytes."""
    def encode(item):
        length = leb128(len(item))
        return length[:-1] + bytes([length[-1] | 128]) + b"\x80" * (extra - 1) + b"\0" + item
    return encode


BAD_TEXTS = [
    ("overlong slash", b"a\xc0\xafb"), ("overlong of three bytes", b"a\xe0\x80\xafb"), ("surrogate", b"a\xed\xa0\x80b"),
    ("pair of surrogates", b"\xed\xa0\xbd\xed\xb8\x80"), ("above U+10FFFF", b"a\xf4\x90\x80\x80"),
    ("lone continuation", b"a\x80b"), ("sequence cut short", b"ab\xe2\x82"), ("byte ff", b"a\xffb"),
    ("byte-order mark", b"\xef\xbb\xbfab"),
]


def msg1_wire():
    def c(name, error, **settings):
        return CustomerCase("MSG1 " + name, error, burns=False, **settings)
    plain = lambda *fields: {"first": lv(*fields)}
    share, ad = curve25519.x25519(seed("ya"), curve25519.BASE), b""
    cases = [
        c("empty", "Truncated", first=b""),
        c("only a type", "Truncated", viewer_faults={"msg1Items": lambda f: f[:1]}),
        c("without share", "Truncated", viewer_faults={"msg1Items": lambda f: f[:2]}),
        c("without ADa", "Truncated", viewer_faults={"msg1Items": lambda f: f[:3]}),
        c("without its last byte", "Truncated", wire={1: lambda m: m[:-1]}),
        c("with a byte behind", "TrailingBytes", wire={1: lambda m: m + b"\0"}),
        c("with an item behind", "TrailingBytes", viewer_faults={"msg1Items": lambda f: f + [b"x"]}),
        c("of 2,049 bytes", "LengthOutOfRange", wire={1: lambda m: m + bytes(2049 - len(m))}),
        c("with a type of two bytes", "LengthOutOfRange", viewer_faults={"msg1Items": replace(0, u16(1))}),
        c("with an empty type", "LengthOutOfRange", viewer_faults={"msg1Items": replace(0, b"")}),
        c("with type 0", "UnknownType", viewer_faults={"msg1Items": replace(0, u8(0))}),
        c("with type 5", "UnknownType", viewer_faults={"msg1Items": replace(0, u8(5))}),
        c("in place: a record", "LengthOutOfRange", first=u8(0x17) + bytes(40), comment="Its first byte reads as a length."),
        c("in place: MSG2", "OutOfOrder", viewer_faults={"msg1Items": replace(0, u8(2))}),
        c("in place: MSG3", "OutOfOrder", **plain(u8(3), seed("tag"), seed("box", 32) * 3 + b"ab")),
        c("in place: MSG4", "OutOfOrder", **plain(u8(4), seed("tag"), seed("box"))),
        c("in place: UNSUPPORTED", "OutOfOrder", **plain(u8(0x0E), u8(1), u16(1))),
        c("in place: R1", "OutOfOrder", **plain(u8(0x11), seed("x", 16), u32(0), seed("y", 16), share, ad, seed("mac"))),
        c("in place: R2", "OutOfOrder", **plain(u8(0x12), seed("x", 16), u32(0), seed("y", 16), share, ad, seed("mac"))),
        c("in place: FAIL", "PeerFailed", first=FAIL),
        c("in place: FAIL with another reason", "InvalidValue", **plain(u8(0x0F), u8(2))),
        c("in place: the connection ends", "BrokenOff", first_event="closed", first=None),
        c("in place: silence", "Timeout", first_event="timeout", first=None),
        c("with sid_t of 15 bytes", "LengthOutOfRange", viewer_faults={"msg1Items": replace(1, lambda i: i[:15])}),
        c("with sid_t of 17 bytes", "LengthOutOfRange", viewer_faults={"msg1Items": replace(1, lambda i: i + b"x")}),
        c("with a share of 31 bytes", "LengthOutOfRange", viewer_faults={"msg1Items": replace(2, lambda i: i[:31])}),
        c("with a share of 33 bytes", "LengthOutOfRange", viewer_faults={"msg1Items": replace(2, lambda i: i + b"\0")}),
        c("with an empty share", "LengthOutOfRange", viewer_faults={"msg1Items": replace(2, b"")}),
        c("with an empty ADa", "Truncated", viewer_faults={"ad": lambda a: b""}),
        c("with a byte behind in ADa", "TrailingBytes", viewer_faults={"ad": lambda a: a + b"\0"}),
        c("with ADa without its last byte", "Truncated", viewer_faults={"ad": lambda a: a[:-1]}),
    ]
    for index, name in ((0, "type"), (1, "sid_t"), (2, "share"), (3, "ADa")):
        cases.append(c(f"with a longer length than needed: {name}", "NonMinimalLength", wire={1: relength(index, 1)}))
    cases.append(c("with a length of four bytes", "NonMinimalLength", wire={1: relength(2, 3)}))
    cases.append(c("with a length of five bytes", "NonMinimalLength", wire={1: relength(2, 4)}))
    return [case.make() for case in cases]


def relength(index, extra):
    """Re-encodes a message of four items with a longer length for one."""
    def change(message):
        fields, at = [], 0
        while at < len(message):
            item, at = handshake.take(message, at)
            fields.append(item)
        return raw_item(index, longer_length(extra))(fields)
    return change


def msg1_lists():
    def c(name, error, change):
        return CustomerCase("ADa " + name, error, burns=False, viewer_faults={"adItems": change})
    fall = lambda n, pack: b"".join(pack(x) for x in range(n, 0, -1))
    cases = [
        c("with the host's label", "InvalidValue", replace(0, b"RS1 C")),
        c("with a label in other case", "InvalidValue", replace(0, b"rs1 t")),
        c("with an empty label", "InvalidValue", replace(0, b"")),
        c("with a longer label", "InvalidValue", replace(0, b"RS1 T\0")),
        c("without versions", "LengthOutOfRange", replace(1, b"")),
        c("with 17 versions", "LengthOutOfRange", replace(1, fall(17, u8))),
        c("with a version twice", "InvalidValue", replace(1, bytes([1, 2, 2]))),
        c("with the first version again", "InvalidValue", replace(1, bytes([1, 2, 1]))),
        c("with rising versions", "InvalidValue", replace(1, bytes([1, 2, 3]))),
        c("without suites", "LengthOutOfRange", replace(2, b"")),
        c("with half a suite", "LengthOutOfRange", replace(2, b"\0\1\0")),
        c("with one byte of suites", "LengthOutOfRange", replace(2, b"\1")),
        c("with 17 suites", "LengthOutOfRange", replace(2, fall(17, u16))),
        c("with the first suite again", "InvalidValue", replace(2, bytes.fromhex("000100020001"))),
        c("with rising suites", "InvalidValue", replace(2, bytes.fromhex("000100020003"))),
        c("with a commitment of 31 bytes", "LengthOutOfRange", replace(3, lambda i: i[:31])),
        c("with a commitment of 33 bytes", "LengthOutOfRange", replace(3, lambda i: i + b"x")),
        c("without certificate", "LengthOutOfRange", replace(4, b"")),
        c("with a certificate of 1,025 bytes", "LengthOutOfRange", replace(4, lambda i: i + bytes(1025 - len(i)))),
        c("with 3 bytes of requested", "LengthOutOfRange", replace(5, b"\0\0\7")),
        c("with 8 bytes of requested", "LengthOutOfRange", replace(5, u64(7))),
        c("with requested bit 12", "InvalidValue", replace(5, u32(1 << 12 | 7))),
        c("with requested bit 31", "InvalidValue", replace(5, u32(1 << 31))),
        c("with a client of 65 bytes", "LengthOutOfRange", replace(6, b"w" * 65)),
        c("without client", "Truncated", without(6)),
        c("without label", "InvalidValue", lambda f: f[1:] + [b""]),
        c("with an eighth item", "TrailingBytes", lambda f: f + [b""]),
    ]
    cases += [c("with client: " + name, "InvalidText", replace(6, text)) for name, text in BAD_TEXTS]
    cases.append(CustomerCase("ADa with a longer length than needed", "NonMinimalLength", burns=False,
                              viewer_faults={"ad": lambda a: b"\x85\x00" + a[1:]}))
    return [case.make() for case in cases]


def certificate_faults():
    """name, error, certificate: what decoding a certificate refuses (step MSG1)."""
    def fields(change):
        return certificate(overrides={"fields": change})
    x, y = PUBLIC[1:33], PUBLIC[33:]
    off = x + (int.from_bytes(y, "big") ^ 1).to_bytes(32, "big")
    large_x = (int.from_bytes(bytes(31) + b"\5", "big") + p256.P).to_bytes(32, "big")
    small_y = sqrt_of_curve(5)
    cases = [
        ("another label", "InvalidValue", fields(replace(0, b"RS1 certificate"))),
        ("an empty label", "InvalidValue", fields(replace(0, b""))),
        ("version 2", "InvalidValue", fields(replace(1, u8(2)))),
        ("version 0", "InvalidValue", fields(replace(1, u8(0)))),
        ("version of two bytes", "LengthOutOfRange", fields(replace(1, u16(1)))),
        ("organization hash of 31 bytes", "LengthOutOfRange", fields(replace(2, lambda i: i[:31]))),
        ("technician id of 15 bytes", "LengthOutOfRange", fields(replace(3, lambda i: i[:15]))),
        ("technician id of 17 bytes", "LengthOutOfRange", fields(replace(3, lambda i: i + b"x"))),
        ("an empty name", "LengthOutOfRange", fields(replace(4, b""))),
        ("a name of 65 bytes", "LengthOutOfRange", fields(replace(4, b"P" * 65))),
        ("a compressed key", "LengthOutOfRange", fields(replace(5, b"\2" + x))),
        ("a key of 64 bytes", "LengthOutOfRange", fields(replace(5, x + y))),
        ("a key of 66 bytes", "LengthOutOfRange", fields(replace(5, PUBLIC + b"\0"))),
        ("a key with first byte 2", "PointInvalid", fields(replace(5, b"\2" + x + y))),
        ("a hybrid key with first byte 6", "PointInvalid", fields(replace(5, b"\6" + x + y))),
        ("a key off the curve", "PointInvalid", fields(replace(5, b"\4" + off))),
        ("a key of zeros", "PointInvalid", fields(replace(5, b"\4" + bytes(64)))),
        ("a key with x above the field prime", "PointInvalid", fields(replace(5, b"\4" + large_x + small_y))),
        ("not before of 7 bytes", "LengthOutOfRange", fields(replace(6, lambda i: i[1:]))),
        ("not before above 2^53-1", "InvalidValue", fields(replace(6, u64(2**53)))),
        ("not after above 2^53-1", "InvalidValue", fields(replace(7, u64(2**53)))),
        ("not after of 9 bytes", "LengthOutOfRange", fields(replace(7, lambda i: b"\0" + i))),
        ("not after less than not before", "InvalidValue", fields(replace(7, u64(NOW - 3601)))),
        ("rights of 3 bytes", "LengthOutOfRange", fields(replace(8, b"\0\0\7"))),
        ("rights bit 12", "InvalidValue", fields(replace(8, u32(0x1FFF)))),
        ("a missing item", "Truncated", certificate(overrides={"body": lambda b: b[:-5], "signature": lambda s: s[:2]})),
        ("a signature of 63 bytes", "Truncated", certificate(overrides={"signature": lambda s: s[:63]})),
        ("no signature", "Truncated", certificate(overrides={"signature": lambda s: b""})),
        ("a signature of 65 bytes", "TrailingBytes", certificate(overrides={"signature": lambda s: s + b"\0"})),
        ("a longer length than needed", "NonMinimalLength",
         certificate(overrides={"body": lambda b: b"\x88\x00" + b[1:]})),
    ]
    cases += [("a name: " + name, "InvalidText", fields(replace(4, text))) for name, text in BAD_TEXTS]
    return cases


def sqrt_of_curve(x):
    """y for a small x that is on the curve, so that only x + p is wrong."""
    square = (x**3 - 3 * x + p256.B) % p256.P
    y = pow(square, (p256.P + 1) // 4, p256.P)
    assert y * y % p256.P == square, "choose another x"
    return y.to_bytes(32, "big")


def msg1_certificate():
    own = lambda _: sha256(spki(ORGANIZATION))
    cases = [CustomerCase("certificate with " + name, error, burns=False, viewer={"certificate": data.hex()},
                          viewer_faults={"organizationHash": own})
             for name, error, data in certificate_faults()]
    cases.append(CustomerCase("certificate of another organization", "UnknownOrganization", burns=False,
                              viewer={"certificate": certificate(OTHER_ORGANIZATION).hex()}))
    cases.append(CustomerCase("certificate that names one bit of the organization wrong", "UnknownOrganization",
                              burns=False, viewer_faults={"organizationHash": own}, viewer={"certificate": certificate(
                                  overrides={"fields": replace(2, lambda i: i[:31] + bytes([i[31] ^ 1]))}).hex()}))
    cases.append(CustomerCase("certificate under a key the host no longer has", "UnknownOrganization", burns=False,
                              host={"organizationKeys": [spki(NEXT_ORGANIZATION).hex()]}))
    return [case.make() for case in cases]


def msg1_shares():
    return [CustomerCase("technician's share is " + name, error, burns=False,
                         viewer_faults={"share": lambda _, share=share: share}).make()
            for name, share, error in bad_shares()]


def keys_differ():
    """Both sides behave, but do not mean the same run: all of it ends as a wrong tag and burns."""
    def c(name, **settings):
        return CustomerCase(name, "TagMismatch", burns=True, **settings)
    other_hash = {"organizationHash": lambda _: sha256(spki(NEXT_ORGANIZATION))}
    two_keys = {"organizationKeys": [spki(ORGANIZATION).hex(), spki(NEXT_ORGANIZATION).hex()]}
    cases = [
        c("wrong code", viewer={"secret": "902636"}),
        c("wrong code: first digit", viewer={"secret": "802635"}),
        c("wrong code: digits swapped", viewer={"secret": "902653"}),
        c("wrong code: five of six digits", viewer={"secret": "90263"}),
        c("wrong code: spaces left in", viewer={"secret": "902 635"}),
        c("another nameplate", viewer={"nameplate": "418"}),
        c("another origin", viewer={"origin": "https://help.example.com"}),
        c("the origin with a slash", viewer={"origin": "https://help.example.nl/"}),
        c("the origin with its default port", viewer={"origin": "https://help.example.nl:443"}),
        c("the origin in capitals", viewer={"origin": "https://Help.example.nl"}),
        c("the origin without TLS", viewer={"origin": "http://help.example.nl"}),
        c("another sid_c", viewer={"sidC": seed("another sid_c", 16).hex()}),
        c("sid in the other order", viewer_faults={"sid": lambda s: s[16:] + s[:16]}),
        c("another version in CI", viewer_faults={"ciVersion": lambda _: 2}),
        c("another suite in CI", viewer_faults={"ciSuite": lambda _: 2}),
        c("the other organization key in CI", host=two_keys, viewer_faults=other_hash),
    ]
    return [case.make() for case in cases]


def change_item(path, change):
    """Decodes lv lists along path (indices), changes the innermost item, encodes all again."""
    def apply(data, path=path):
        fields, at = [], 0
        while at < len(data):
            item, at = handshake.take(data, at)
            fields.append(item)
        index = path[0]
        fields[index] = change(fields[index]) if len(path) == 1 else apply(fields[index], path[1:])
        return lv(*fields)
    return apply


def flip(byte=0, bit=0):
    return lambda data: data[:byte % len(data)] + bytes([data[byte % len(data)] ^ 1 << bit]) + data[byte % len(data) + 1:]


def altered_in_transit():
    def c(name, number, path, change, error="TagMismatch", burns=True):
        return CustomerCase(f"altered on the way: {name}", error, burns=burns, wire={number: change_item(path, change)})
    other = curve25519.x25519(seed("mallory"), curve25519.BASE)
    renamed = lambda _: certificate(name=b"Petra")
    cases = [
        c("sid_t", 1, [1], flip()), c("technician's share", 1, [2], lambda _: other),
        c("versions offered", 1, [3, 1], lambda _: b"\1\2"), c("suites offered", 1, [3, 2], lambda _: b"\0\1\0\2"),
        c("commitment", 1, [3, 3], flip(31, 7)), c("certificate", 1, [3, 4], renamed),
        c("requested", 1, [3, 5], lambda _: u32(1)), c("client", 1, [3, 6], lambda _: b"web/1.0.1"),
        c("customer's share", 2, [1], lambda _: other), c("versions supported", 2, [2, 3], lambda _: b"\2\1"),
        c("suites supported", 2, [2, 4], lambda _: b"\0\2\0\1"), c("nonce_c", 2, [2, 5], flip(15)),
        c("terms id", 2, [2, 6], lambda _: b"terms-en"), c("terms version", 2, [2, 7], lambda _: b"2026-02"),
        c("terms hash", 2, [2, 8], flip(0, 7)), c("acceptance time", 2, [2, 9], flip(7)),
        c("ceiling", 2, [2, 10], lambda _: u32(0xFFF)), c("application", 2, [2, 11], lambda _: b"app/0.9.0 linux"),
    ]
    return [case.make() for case in cases]


def msg3_faults():
    def c(name, error, **settings):
        return CustomerCase("MSG3 " + name, error, burns=True, **settings)

    def faults(**viewer_faults):
        return {"viewer_faults": viewer_faults}
    message = lambda data: {"second": ("message", data)}
    cases = [
        c("with tag bit 0 flipped", "TagMismatch", **faults(tag=flip(0, 0), boxAad=flip(0, 0))),
        c("with tag bit 255 flipped", "TagMismatch", **faults(tag=flip(31, 7), boxAad=flip(31, 7))),
        c("with a tag of zeros", "TagMismatch", **faults(tag=lambda t: bytes(32))),
        c("with the host's tag key", "TagMismatch", **faults(tag=lambda t: seed("another tag"))),
        c("with a tag of 31 bytes", "LengthOutOfRange", **faults(msg3Items=replace(1, lambda i: i[:31]))),
        c("with a tag of 33 bytes", "LengthOutOfRange", **faults(msg3Items=replace(1, lambda i: i + b"\0"))),
        c("with an empty tag", "LengthOutOfRange", **faults(msg3Items=replace(1, b""))),
        c("with a flipped bit in the box", "BoxRejected", **faults(box=flip(0))),
        c("with a flipped bit in the signature's place", "BoxRejected", **faults(box=flip(81, 3))),
        c("with a flipped bit in the box's tag", "BoxRejected", **faults(box=flip(97, 7))),
        c("with a box of 97 bytes", "LengthOutOfRange", **faults(box=lambda b: b[:97])),
        c("with a box of 99 bytes", "LengthOutOfRange", **faults(box=lambda b: b + b"\0")),
        c("with an empty box", "LengthOutOfRange", **faults(box=lambda b: b"")),
        c("with the box under the host's key", "BoxRejected", **faults(boxKey=lambda k: "hsKeyC")),
        c("with the box without its AAD", "BoxRejected", **faults(boxAad=lambda a: b"")),
        c("with nonce_t of 15 bytes", "LengthOutOfRange", **faults(content=lambda x: lv(x[1:16], x[18:] + b"\0"))),
        c("with nonce_t of 17 bytes", "LengthOutOfRange", **faults(content=lambda x: lv(x[1:17] + b"\0", x[18:81]))),
        c("with a byte behind the content", "TrailingBytes", **faults(content=lambda x: lv(x[1:17], x[18:81]) + b"\0")),
        c("with a content that ends early", "Truncated", **faults(content=lambda x: x[:17] + b"\x41" + x[18:])),
        c("with one item in the content", "Truncated", **faults(content=lambda x: lv(x[1:] + b""))),
        c("with a longer length than needed inside", "NonMinimalLength",
          **faults(content=lambda x: b"\x90\x00" + x[1:81])),
        c("with another nonce_t than promised", "CommitmentMismatch", **faults(nonce=flip(0))),
        c("with nonce_t of zeros", "CommitmentMismatch", **faults(nonce=lambda n: bytes(16))),
        c("under a commitment without its label", "CommitmentMismatch", **faults(commit=lambda _: sha256(seed("nonce_t", 16)))),
        c("with a flipped bit in the signature", "SignatureInvalid", **faults(signature=flip(63))),
        c("signed over th1 alone", "SignatureInvalid", **faults(signed=lambda s: s[-32:])),
        c("signed over another th1", "SignatureInvalid", **faults(signed=lambda s: lv(b"RS1 tech sig", seed("th1")))),
        c("signed over th2 of another run", "SignatureInvalid", **faults(signed=lambda s: lv(b"RS1 th2", s[-32:]))),
        c("signed without lengths", "SignatureInvalid", **faults(signed=lambda s: b"RS1 tech sig" + s[-32:])),
        c("signed with another key", "SignatureInvalid", viewer={"technicianKey": OTHER_TECHNICIAN}),
        c("signed with the organization's key", "SignatureInvalid", viewer={"technicianKey": ORGANIZATION}),
        c("with a signature of zeros", "SignatureInvalid", **faults(signature=lambda s: bytes(64))),
        c("with s of zero", "SignatureInvalid", **faults(signature=lambda s: s[:32] + bytes(32))),
        c("with r = n", "SignatureInvalid", **faults(signature=lambda s: p256.N.to_bytes(32, "big") + s[32:])),
        c("with s + n", "SignatureInvalid", **faults(signature=lambda s: s[:32] + b"\xff" * 32)),
        c("with r and s swapped", "SignatureInvalid", **faults(signature=lambda s: s[32:] + s[:32])),
        c("empty", "Truncated", **message(b"")),
        c("of one item", "Truncated", **faults(msg3Items=lambda f: f[:1])),
        c("without box", "Truncated", **faults(msg3Items=lambda f: f[:2])),
        c("without its last byte", "Truncated", wire={3: lambda m: m[:-1]}),
        c("with a byte behind", "TrailingBytes", wire={3: lambda m: m + b"\0"}),
        c("with an item behind", "TrailingBytes", **faults(msg3Items=lambda f: f + [b""])),
        c("of 513 bytes", "LengthOutOfRange", wire={3: lambda m: m + bytes(513 - len(m))}),
        c("with a longer length than needed", "NonMinimalLength", wire={3: relength(1, 1)}),
        c("with a length of five bytes", "NonMinimalLength", wire={3: relength(2, 4)}),
        c("with type 5", "UnknownType", **faults(msg3Items=replace(0, u8(5)))),
        c("with a type of two bytes", "LengthOutOfRange", **faults(msg3Items=replace(0, u16(3)))),
        c("in place: MSG1 again", "OutOfOrder", **message(lambda case: case.viewer.msg1)),
        c("in place: the host's own MSG2", "OutOfOrder", **message(lambda case: case.host.msg2)),
        c("in place: MSG4", "OutOfOrder", **faults(msg3Items=replace(0, u8(4)))),
        c("in place: UNSUPPORTED", "OutOfOrder", **message(lv(u8(0x0E), u8(1), u16(1)))),
        c("in place: R1", "OutOfOrder", **message(lv(u8(0x11), bytes(16), u32(0), bytes(16), bytes(32), b"", bytes(32)))),
        c("in place: FAIL with another reason", "InvalidValue", **message(lv(u8(0x0F), u8(2)))),
        c("in place: FAIL with a byte behind", "TrailingBytes", **message(FAIL + b"\0")),
        c("of another run", "TagMismatch", **message(lambda case: msg3_of_another_run())),
    ]
    return [case.make() for case in cases]


def msg3_of_another_run():
    case = CustomerCase("another run", viewer={"sidT": seed("another run", 16).hex()})
    case.make()
    return case.viewer.msg3


def certificate_checks():
    def c(name, error, host=None, viewer=None, cert=None):
        viewer = (viewer or {}) | ({"certificate": cert.hex()} if cert else {})
        return CustomerCase("certificate: " + name, error, burns=True, host=host or {}, viewer=viewer)
    return [case.make() for case in (
        c("signed by another key", "CertificateSignature", cert=certificate(overrides={"signer": OTHER_ORGANIZATION})),
        c("signed by the next key but naming the current one", "CertificateSignature",
          host={"organizationKeys": [spki(ORGANIZATION).hex(), spki(NEXT_ORGANIZATION).hex()]},
          cert=certificate(overrides={"signer": NEXT_ORGANIZATION})),
        c("signed by the technician", "CertificateSignature", cert=certificate(overrides={"signer": TECHNICIAN})),
        c("a flipped bit in its signature", "CertificateSignature", cert=certificate(overrides={"signature": flip(10)})),
        c("a signature of zeros", "CertificateSignature", cert=certificate(overrides={"signature": lambda s: bytes(64)})),
        c("its name changed", "CertificateSignature", cert=flip(len(CERTIFICATE) - 64 - 96)(CERTIFICATE)),
        c("301 s before not before", "CertificateNotYetValid", host={"now": NOW - 3901}),
        c("a year before not before", "CertificateNotYetValid", host={"now": NOW - 31536000}),
        c("301 s after not after", "CertificateExpired", host={"now": NOW + 39901}),
        c("a year after not after", "CertificateExpired", host={"now": NOW + 31536000}),
        c("technician on the deny list", "CertificateRevoked", host={"deniedTechnicians": [TECHNICIAN_ID.hex()]}),
        c("technician second on the deny list", "CertificateRevoked",
          host={"deniedTechnicians": [seed("denied", 16).hex(), TECHNICIAN_ID.hex()]}),
        c("more requested than its rights", "RightsExceeded", cert=certificate(rights=3)),
        c("anything requested without rights", "RightsExceeded", viewer={"requested": 1}, cert=certificate(rights=0)),
        c("one bit more than its rights", "RightsExceeded", viewer={"requested": 0x401}, cert=certificate(rights=0x3FF)),
    )]


def broken_off():
    def c(name, error, event, data=None, runs=0):
        return CustomerCase(name, error, burns=runs == 2, host={"brokenOffRuns": runs}, second=(event, data))
    cases = []
    for runs, times in ((0, "first"), (1, "second"), (2, "third")):
        cases += [c(f"the connection ends after MSG2, {times} time", "BrokenOff", "closed", None, runs),
                  c(f"silence after MSG2, {times} time", "Timeout", "timeout", None, runs),
                  c(f"FAIL after MSG2, {times} time", "PeerFailed", "message", FAIL, runs)]
    return [case.make() for case in cases]


def msg2_faults():
    def t(name, error, **settings):
        return TechnicianCase("MSG2 " + name, error, **settings)

    def ad(change):
        return {"host_faults": {"adItems": change}}

    def outer(change):
        return {"host_faults": {"msg2Items": change}}
    fall = lambda n, pack: b"".join(pack(x) for x in range(n, 0, -1))
    message = lambda data: {"first": ("message", data)}
    cases = [
        t("empty", "Truncated", **message(b"")),
        t("without ADb", "Truncated", **outer(lambda f: f[:2])),
        t("without its last byte", "Truncated", wire={2: lambda m: m[:-1]}),
        t("with a byte behind", "TrailingBytes", wire={2: lambda m: m + b"\0"}),
        t("of 2,049 bytes", "LengthOutOfRange", wire={2: lambda m: m + bytes(2049 - len(m))}),
        t("with a longer length than needed", "NonMinimalLength", wire={2: relength(1, 1)}),
        t("with a length of five bytes", "NonMinimalLength", wire={2: relength(2, 4)}),
        t("in place: our own MSG1", "OutOfOrder", **message(lambda case: case.viewer.msg1)),
        t("in place: MSG3", "OutOfOrder", **outer(replace(0, u8(3)))),
        t("in place: MSG4", "OutOfOrder", **outer(replace(0, u8(4)))),
        t("in place: R2", "OutOfOrder", **message(lv(u8(0x12), bytes(16), u32(0), bytes(16), bytes(32), b"", bytes(32)))),
        t("in place: FAIL", "PeerFailed", **message(FAIL)),
        t("in place: FAIL with another reason", "InvalidValue", **message(lv(u8(0x0F), u8(0)))),
        t("in place: the connection ends", "BrokenOff", first=("closed", None)),
        t("in place: silence", "Timeout", first=("timeout", None)),
        t("with type 6", "UnknownType", **outer(replace(0, u8(6)))),
        t("with a type of two bytes", "LengthOutOfRange", **outer(replace(0, u16(2)))),
        t("with a share of 31 bytes", "LengthOutOfRange", **outer(replace(1, lambda i: i[:31]))),
        t("with a share of 33 bytes", "LengthOutOfRange", **outer(replace(1, lambda i: i + b"\0"))),
        t("with the technician's label", "InvalidValue", **ad(replace(0, b"RS1 T"))),
        t("with a version of two bytes", "LengthOutOfRange", **ad(replace(1, u16(1)))),
        t("that chose another version", "Downgrade", **ad(replace(1, u8(2)))),
        t("that chose version 0", "Downgrade", **ad(replace(1, u8(0)))),
        t("with a suite of one byte", "LengthOutOfRange", **ad(replace(2, u8(1)))),
        t("that chose another suite", "Downgrade", **ad(replace(2, u16(2)))),
        t("that chose a version it does not list", "Downgrade", **ad(replace(3, b"\2"))),
        t("that chose a suite it does not list", "Downgrade", **ad(replace(4, b"\0\2"))),
        t("without versions", "LengthOutOfRange", **ad(replace(3, b""))),
        t("with 17 versions", "LengthOutOfRange", **ad(replace(3, fall(17, u8)))),
        t("with rising versions", "InvalidValue", **ad(replace(3, b"\1\2"))),
        t("with a version twice", "InvalidValue", **ad(replace(3, b"\1\1"))),
        t("with half a suite", "LengthOutOfRange", **ad(replace(4, b"\0\1\0"))),
        t("with 17 suites", "LengthOutOfRange", **ad(replace(4, fall(17, u16)))),
        t("with rising suites", "InvalidValue", **ad(replace(4, b"\0\1\0\2"))),
        t("with nonce_c of 15 bytes", "LengthOutOfRange", **ad(replace(5, lambda i: i[:15]))),
        t("with nonce_c of 17 bytes", "LengthOutOfRange", **ad(replace(5, lambda i: i + b"x"))),
        t("with an empty terms id", "LengthOutOfRange", **ad(replace(6, b""))),
        t("with a terms id of 33 bytes", "LengthOutOfRange", **ad(replace(6, b"t" * 33))),
        t("with an empty terms version", "LengthOutOfRange", **ad(replace(7, b""))),
        t("with a terms version of 33 bytes", "LengthOutOfRange", **ad(replace(7, b"1" * 33))),
        t("with a terms hash of 31 bytes", "LengthOutOfRange", **ad(replace(8, lambda i: i[:31]))),
        t("with an acceptance time of 7 bytes", "LengthOutOfRange", **ad(replace(9, lambda i: i[1:]))),
        t("with an acceptance time above 2^53-1", "InvalidValue", **ad(replace(9, u64(2**53)))),
        t("with an acceptance time of all ones", "InvalidValue", **ad(replace(9, b"\xff" * 8))),
        t("with a ceiling of 3 bytes", "LengthOutOfRange", **ad(replace(10, b"\0\0\7"))),
        t("with ceiling bit 12", "InvalidValue", **ad(replace(10, u32(1 << 12)))),
        t("with ceiling bit 31", "InvalidValue", **ad(replace(10, u32(1 << 31 | 7)))),
        t("with an application of 65 bytes", "LengthOutOfRange", **ad(replace(11, b"a" * 65))),
        t("without application", "Truncated", **ad(without(11))),
        t("with a thirteenth item", "TrailingBytes", **ad(lambda f: f + [b""])),
    ]
    cases += [t("with application: " + name, "InvalidText", **ad(replace(11, text))) for name, text in BAD_TEXTS]
    cases += [t("with terms id: " + BAD_TEXTS[i][0], "InvalidText", **ad(replace(6, BAD_TEXTS[i][1]))) for i in (0, 8)]
    cases += [t("with customer's share " + name, error, host_faults={"share": lambda _, share=share: share})
              for name, share, error in bad_shares()]
    return [case.make() for case in cases]


def msg4_faults():
    def t(name, error, **settings):
        return TechnicianCase("MSG4 " + name, error, **settings)

    def faults(**host_faults):
        return {"host_faults": host_faults}

    def content(change):
        return {"host_faults": {"contentItems": change}}
    message = lambda data: {"second": ("message", data)}
    cases = [
        t("with tag bit 0 flipped", "TagMismatch", **faults(tag=flip(0, 0))),
        t("with tag bit 255 flipped", "TagMismatch", **faults(tag=flip(31, 7))),
        t("with our own tag sent back", "TagMismatch",
          host_faults={"tag": lambda tag: seed("not the tag")}),
        t("with a tag of 31 bytes", "LengthOutOfRange", **faults(msg4Items=replace(1, lambda i: i[:31]))),
        t("with a flipped bit in the box", "BoxRejected", **faults(box=flip(0))),
        t("with a flipped bit in the box's tag", "BoxRejected", **faults(box=flip(-1, 7))),
        t("with the box under our key", "BoxRejected", **faults(boxKey=lambda k: "hsKeyT")),
        t("with the box without its AAD", "BoxRejected", **faults(boxAad=lambda a: b"")),
        t("with a box of 22 bytes", "LengthOutOfRange", **faults(box=lambda b: b[:22])),
        t("with a box of 282 bytes", "LengthOutOfRange", **faults(box=lambda b: b + bytes(282 - len(b)))),
        t("that grants what was not requested", "GrantsInvalid", host={"granted": 8}),
        t("that grants above the ceiling", "GrantsInvalid", host={"granted": 4, "ceiling": 3}),
        t("that grants bit 12", "InvalidValue", **content(replace(0, u32(1 << 12)))),
        t("with 3 bytes of granted", "LengthOutOfRange", **content(replace(0, bytes(3)))),
        t("with a machine name of 129 bytes", "LengthOutOfRange", **content(replace(1, b"m" * 129))),
        t("with a user name of 129 bytes", "LengthOutOfRange", **content(replace(2, b"u" * 129))),
        t("without user name", "Truncated", **content(without(2))),
        t("with a fourth item", "TrailingBytes", **content(lambda f: f + [b""])),
        t("with a longer length than needed inside", "NonMinimalLength",
          **faults(content=lambda c: b"\x84\x00" + c[1:])),
        t("empty", "Truncated", **message(b"")),
        t("without box", "Truncated", **faults(msg4Items=lambda f: f[:2])),
        t("without its last byte", "Truncated", wire={4: lambda m: m[:-1]}),
        t("with a byte behind", "TrailingBytes", wire={4: lambda m: m + b"\0"}),
        t("of 4,097 bytes", "LengthOutOfRange", wire={4: lambda m: m + bytes(4097 - len(m))}),
        t("with a longer length than needed", "NonMinimalLength", wire={4: relength(1, 1)}),
        t("with type 7", "UnknownType", **faults(msg4Items=replace(0, u8(7)))),
        t("in place: our own MSG3", "OutOfOrder", **message(lambda case: case.viewer.msg3)),
        t("in place: MSG2 again", "OutOfOrder", **message(lambda case: case.host.msg2)),
        t("in place: UNSUPPORTED", "OutOfOrder", **message(lv(u8(0x0E), u8(1), u16(1)))),
        t("in place: FAIL", "PeerFailed", comment="What a technician with a wrong code gets.", **message(FAIL)),
        t("in place: FAIL with another reason", "InvalidValue", **message(lv(u8(0x0F), u8(2)))),
        t("in place: the connection ends", "BrokenOff", second=("closed", None)),
        t("in place: silence", "Timeout", second=("timeout", None)),
        t("of another run", "TagMismatch", **message(lambda case: msg4_of_another_run())),
    ]
    cases += [t("with machine name: " + name, "InvalidText", **content(replace(1, text))) for name, text in BAD_TEXTS[:4]]
    cases += [t("with user name: " + name, "InvalidText", **content(replace(2, text))) for name, text in BAD_TEXTS[4:]]
    return [case.make() for case in cases]


def msg4_of_another_run():
    case = CustomerCase("another run", viewer={"sidT": seed("another run", 16).hex()})
    case.make()
    return case.host.msg4
