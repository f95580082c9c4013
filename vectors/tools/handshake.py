"""Both sides of an RS1 run, from chapter 02 alone.

`overrides` lets a side misbehave in one place: a function by name that gets what the side
would have used and returns what it uses instead. Everything behind that place follows from
it, so a message carries one fault and is otherwise right.
"""

import hashlib

import curve25519
import p256
from primitives import derive, expand, extract, hmac, open_box, seal, sha256
from wire import (Refused, choices, falling, items, label, lv, number, offered, permissions, refuse_if,
                  sized, take, text, time, u8, u16, u32, u64)

MESSAGE_TYPES = {1, 2, 3, 4, 0x0E, 0x0F, 0x11, 0x12}
FAIL = lv(u8(0x0F), u8(1))
DATE_SLACK = 300


def channel_identifier(version, suite, organization_hash, origin, nameplate):
    return lv(b"RS1", u8(version), u16(suite), organization_hash, origin.encode(), nameplate.encode(),
              b"technician", b"customer")


def generator_string(prs, ci, sid):
    zeros = max(0, 128 - 1 - len(lv(prs)) - len(lv(b"CPace255")))
    return lv(b"CPace255", prs, bytes(zeros), ci, sid)


def generator(prs, ci, sid):
    hash32 = hashlib.sha512(generator_string(prs, ci, sid)).digest()[:32]
    return hash32, curve25519.encode(curve25519.map_to_curve(curve25519.field_element(hash32)))


def transcript(share_a, ad_a, share_b, ad_b):
    return lv(share_a, ad_a) + lv(share_b, ad_b)


def cpace_isk(sid, k, share_a, ad_a, share_b, ad_b):
    return hashlib.sha512(lv(b"CPace255_ISK", sid, k) + transcript(share_a, ad_a, share_b, ad_b)).digest()


def check_number(prk, nonce_t, nonce_c):
    return "%04d" % (number(expand(prk, lv(b"RS1 sas", nonce_t, nonce_c), 8)) % 10000)


def multiply(scalar, u):
    result = curve25519.x25519(scalar, u)
    refuse_if(result == curve25519.ZERO, "ZeroResult")
    return result


def check_share(share):
    refuse_if(not curve25519.is_canonical(share), "ShareNotCanonical")


class Schedule:
    """Every value of a run, in `values` under the names of vectors/README.md."""

    def __init__(self, prs, version, suite, organization_hash, origin, nameplate, sid):
        self.sid = sid
        self.values = v = {}
        v["ci"] = channel_identifier(version, suite, organization_hash, origin, nameplate)
        v["generatorString"] = generator_string(prs, v["ci"], sid)
        v["generatorHash"], v["generator"] = generator(prs, v["ci"], sid)
        v["r"] = curve25519.encode(curve25519.field_element(v["generatorHash"]))

    def agree(self, k, share_t, ad_a, share_c, ad_b, msg1, msg2):
        v = self.values
        v["shareT"], v["shareC"], v["k"] = share_t, share_c, k
        v["isk"] = cpace_isk(self.sid, k, share_t, ad_a, share_c, ad_b)
        v["th1"] = sha256(lv(b"RS1 th1", v["ci"], self.sid, msg1, msg2))
        v["prk"] = extract(v["th1"], v["isk"])
        for side in "TC":
            v["confirm" + side] = derive(v["prk"], "confirm " + side, 32)
            v["hsKey" + side] = derive(v["prk"], "hs key " + side, 32)
            v["hsIv" + side] = derive(v["prk"], "hs iv " + side, 12)
        v["tagT"] = hmac(v["confirmT"], v["th1"])
        v["signed"] = lv(b"RS1 tech sig", v["th1"])

    def proved(self, msg3):
        v = self.values
        v["th2"] = sha256(lv(b"RS1 th2", v["th1"], msg3))
        v["tagC"] = hmac(v["confirmC"], v["th2"])

    def finish(self, msg4, nonce_t, nonce_c):
        v = self.values
        v["th3"] = sha256(lv(b"RS1 th3", v["th2"], msg4))
        v["master"] = extract(v["th3"], v["prk"])
        for name, arrow in (("TC", "T>C"), ("CT", "C>T")):
            traffic = derive(v["master"], "traffic " + arrow, 32)
            v["traffic" + name] = traffic
            v["key" + name], v["iv" + name] = derive(traffic, "key", 32), derive(traffic, "iv", 12)
            v["next" + name] = derive(traffic, "next", 32)
        v["resume"] = derive(v["master"], "resume", 32)
        v["sessionId"] = derive(v["master"], "session id", 16)
        v["checkNumber"] = check_number(v["prk"], nonce_t, nonce_c)


class Certificate:
    def __init__(self, data: bytes):
        fields, at = [], 0
        for _ in range(9):
            item, at = take(data, at)
            fields.append(item)
        refuse_if(len(data) - at < 64, "Truncated")
        refuse_if(len(data) - at > 64, "TrailingBytes")
        label(fields[0], b"RS1 cert")
        refuse_if(sized(fields[1], 1) != b"\x01", "InvalidValue")
        self.organization_hash = sized(fields[2], 32)
        self.technician_id = sized(fields[3], 16)
        self.display_name = text(fields[4], 1, 64)
        self.public_key = sized(fields[5], 65)
        refuse_if(not p256.is_point(self.public_key), "PointInvalid")
        self.not_before, self.not_after = time(fields[6]), time(fields[7])
        refuse_if(self.not_before > self.not_after, "InvalidValue")
        self.rights = permissions(fields[8])
        self.signed, self.signature = data[:at], data[at:]

    def check(self, organization_key, now, denied, requested):
        """What the host checks at MSG3, in the order of chapter 02, step 4."""
        refuse_if(not p256.verify(organization_key[26:], self.signed, self.signature), "CertificateSignature")
        refuse_if(self.not_before - DATE_SLACK > now, "CertificateNotYetValid")
        refuse_if(now > self.not_after + DATE_SLACK, "CertificateExpired")
        refuse_if(self.technician_id in denied, "CertificateRevoked")
        refuse_if(requested & ~self.rights, "RightsExceeded")


def certificate(organization_key, public_key, technician_id, name=b"Peter", not_before=0, not_after=0,
                rights=0xFFF, overrides=None):
    """A certificate signed with a private organization key; overrides: fields, body, signer, signature."""
    overrides = overrides or {}
    fields = [b"RS1 cert", u8(1), sha256(p256.spki(p256.public_point(organization_key))), technician_id, name,
              public_key, u64(not_before), u64(not_after), u32(rights)]
    body = overrides.get("body", lambda b: b)(lv(*overrides.get("fields", lambda f: f)(fields)))
    signature = p256.sign(overrides.get("signer", organization_key), body)
    return body + overrides.get("signature", lambda s: s)(signature)


def first(data, limit):
    refuse_if(len(data) > limit, "LengthOutOfRange")
    kind, _ = take(data, 0)
    return number(sized(kind, 1))


def expect(kind, data, expected):
    """Rule 5 of decoding, after FAIL was recognized."""
    if kind == 0x0F:
        fields = items(data, 2)
        refuse_if(sized(fields[1], 1) != b"\x01", "InvalidValue")
        raise Refused("PeerFailed")
    if kind not in expected:
        raise Refused("OutOfOrder" if kind in MESSAGE_TYPES else "UnknownType")


class Side:
    def __init__(self, inputs, overrides=None):
        self.inputs, self.overrides = inputs, overrides or {}
        self.schedule, self.learned, self.done = None, {}, False

    def change(self, place, value):
        return self.overrides[place](value) if place in self.overrides else value

    def value(self, name):
        value = self.inputs[name]
        return bytes.fromhex(value) if isinstance(value, str) else value


class Viewer(Side):
    """Technician: start(), then step() for every event."""

    state = "MSG2"

    def start(self):
        self.versions = choices(self.value("versions"), 1)
        self.suites = choices(self.value("suites"), 2)
        cert = self.value("certificate")
        try:
            # A relative has no certificate to name the organization: its page knows it.
            relative = self.inputs.get("organizationKeyHash")
            self.organization_hash = bytes.fromhex(relative) if relative else Certificate(cert).organization_hash
        except Refused:
            self.organization_hash = self.overrides["organizationHash"](None)
        self.schedule = Schedule(
            self.change("prs", self.inputs["secret"].encode()),
            self.change("ciVersion", self.versions[0]), self.change("ciSuite", self.suites[0]),
            self.change("organizationHash", self.organization_hash), self.change("origin", self.inputs["origin"]),
            self.change("nameplate", self.inputs["nameplate"]),
            self.change("sid", self.value("sidC") + self.value("sidT")))
        self.share = self.change("share", multiply(self.value("scalar"), self.schedule.values["generator"]))
        commit = self.change("commit", sha256(b"RS1 sas commit" + self.value("nonce")))
        self.ad = self.change("ad", lv(*self.change("adItems", [
            b"RS1 T", self.value("versions"), self.value("suites"), commit, cert, u32(self.inputs["requested"]),
            self.inputs["client"].encode()])))
        self.msg1 = self.change("msg1", lv(*self.change("msg1Items", [
            u8(1), self.value("sidT"), self.share, self.ad])))
        return self.msg1

    def step(self, event, data=None):
        if event == "closed":
            raise Refused("BrokenOff")
        if event == "timeout":
            raise Refused("Timeout")
        return self.on_msg2(data) if self.state == "MSG2" else self.on_msg4(data)

    def on_msg2(self, data):
        kind = first(data, 2048)
        expect(kind, data, {2, 0x0E})
        if kind == 0x0E:
            return self.on_unsupported(data)
        _, share, ad = items(data, 3)
        sized(share, 32)
        f = items(ad, 12)
        label(f[0], b"RS1 C")
        version, suite = number(sized(f[1], 1)), number(sized(f[2], 2))
        versions, suites = falling(choices(f[3], 1)), falling(choices(f[4], 2))
        nonce_c = sized(f[5], 16)
        self.learned = {
            "termsId": text(f[6], 1, 32), "termsVersion": text(f[7], 1, 32), "termsHash": sized(f[8], 32),
            "acceptanceTime": time(f[9]), "ceiling": permissions(f[10]), "application": text(f[11], 0, 64)}
        self.check_choice(version, self.versions, versions)
        self.check_choice(suite, self.suites, suites)
        check_share(share)
        s, v = self.schedule, self.schedule.values
        k = multiply(self.value("scalar"), share)
        s.agree(k, self.share, self.ad, share, ad, self.msg1, data)
        self.nonce_c, self.state = nonce_c, "MSG4"
        signature = self.change("signature", self.sign(self.change("signed", v["signed"])))
        tag = self.change("tag", v["tagT"])
        content = self.change("content", lv(self.change("nonce", self.value("nonce")), signature))
        box = self.change("box", seal(v[self.change("boxKey", "hsKeyT")], v["hsIvT"],
                                      self.change("boxAad", tag), content))
        self.msg3 = self.change("msg3", lv(*self.change("msg3Items", [u8(3), tag, box])))
        s.proved(self.msg3)
        return self.msg3, None

    def sign(self, message):
        if "signature" in self.inputs:
            return self.value("signature")
        if "organizationKeyHash" in self.inputs:
            return bytes(64)
        return p256.sign(self.inputs["technicianKey"], message)

    @staticmethod
    def check_choice(chosen, mine, theirs):
        common = [entry for entry in theirs if entry in mine]
        refuse_if(not common or chosen != mine[0] or chosen not in theirs or chosen != common[0], "Downgrade")

    def on_unsupported(self, data):
        _, versions, suites = items(data, 3)
        versions, suites = falling(choices(versions, 1)), falling(choices(suites, 2))
        shared = []
        for mine, theirs in ((self.versions, versions), (self.suites, suites)):
            common = [entry for entry in theirs if entry in mine]
            refuse_if(not common, "Unsupported")
            shared.append(common[0])
        refuse_if(self.inputs["secondRun"] or shared == [self.versions[0], self.suites[0]], "Unsupported")
        order = [[one] + sorted((e for e in mine if e != one), reverse=True)
                 for one, mine in zip(shared, (self.versions, self.suites))]
        retry = {"versions": b"".join(map(u8, order[0])).hex(), "suites": b"".join(map(u16, order[1])).hex()}
        self.done = True
        return None, retry

    def on_msg4(self, data):
        expect(first(data, 4096), data, {4})
        _, tag, box = items(data, 3)
        sized(tag, 32)
        sized(box, 23, 281)
        v = self.schedule.values
        refuse_if(tag != v["tagC"], "TagMismatch")
        content = open_box(v["hsKeyC"], v["hsIvC"], tag, box)
        refuse_if(content is None, "BoxRejected")
        granted, machine, user = items(content, 3)
        granted = permissions(granted)
        self.learned |= {"granted": granted, "machineName": text(machine, 0, 128), "userName": text(user, 0, 128)}
        refuse_if(granted & ~(self.inputs["requested"] & self.learned["ceiling"]), "GrantsInvalid")
        self.schedule.finish(data, self.value("nonce"), self.nonce_c)
        self.done = True
        return None, None


class Host(Side):
    """Customer: step() for every event."""

    state = "MSG1"

    def step(self, event, data=None):
        if event == "closed":
            raise Refused("BrokenOff")
        if event == "timeout":
            raise Refused("Timeout")
        return self.on_msg1(data) if self.state == "MSG1" else self.on_msg3(data)

    def on_msg1(self, data):
        expect(first(data, 2048), data, {1})
        _, sid_t, share, ad = items(data, 4)
        sized(sid_t, 16)
        sized(share, 32)
        f = items(ad, 7)
        label(f[0], b"RS1 T")
        versions, suites = offered(choices(f[1], 1)), offered(choices(f[2], 2))
        self.commit = sized(f[3], 32)
        self.certificate = None if self.relative else Certificate(sized(f[4], 1, 1024))
        if self.relative:
            sized(f[4], 0)
        self.requested = permissions(f[5])
        client = text(f[6], 0, 64)
        version = self.choose(versions, choices(self.value("versions"), 1))
        suite = self.choose(suites, choices(self.value("suites"), 2))
        self.organization_key = None
        for index, key in enumerate(self.inputs["organizationKeys"]):
            if index == 0 if self.relative else sha256(bytes.fromhex(key)) == self.certificate.organization_hash:
                self.organization_key = bytes.fromhex(key)
        refuse_if(self.organization_key is None, "UnknownOrganization")
        check_share(share)
        self.learned = {"technicianId": b"" if self.relative else self.certificate.technician_id,
                        "displayName": "" if self.relative else self.certificate.display_name, "requested": self.requested, "client": client}
        self.schedule = s = Schedule(
            self.change("prs", self.inputs["secret"].encode()), version, suite, sha256(self.organization_key),
            self.inputs["origin"], self.inputs["nameplate"], self.value("sidC") + sid_t)
        self.share = multiply(self.value("scalar"), s.values["generator"])
        k = multiply(self.value("scalar"), share)
        self.share = self.change("share", self.share)
        self.ad = self.change("ad", lv(*self.change("adItems", [
            b"RS1 C", u8(version), u16(suite), self.value("versions"), self.value("suites"), self.value("nonce"),
            self.inputs["termsId"].encode(), self.inputs["termsVersion"].encode(), self.value("termsHash"),
            u64(self.inputs["acceptanceTime"]), u32(self.inputs["ceiling"]), self.inputs["application"].encode()])))
        self.msg2 = self.change("msg2", lv(*self.change("msg2Items", [u8(2), self.share, self.ad])))
        s.agree(k, share, ad, self.share, self.ad, data, self.msg2)
        self.state = "MSG3"
        return self.msg2, None

    @staticmethod
    def choose(offers, supported):
        refuse_if(offers[0] not in supported, "Unsupported")
        refuse_if(any(e in supported and e > offers[0] for e in offers), "Downgrade")
        return offers[0]

    def on_msg3(self, data):
        expect(first(data, 512), data, {3})
        _, tag, box = items(data, 3)
        sized(tag, 32)
        sized(box, 98)
        v = self.schedule.values
        refuse_if(tag != v["tagT"], "TagMismatch")
        content = open_box(v["hsKeyT"], v["hsIvT"], tag, box)
        refuse_if(content is None, "BoxRejected")
        nonce_t, signature = items(content, 2)
        sized(nonce_t, 16)
        sized(signature, 64)
        refuse_if(sha256(b"RS1 sas commit" + nonce_t) != self.commit, "CommitmentMismatch")
        self.check_technician(v["signed"], signature)
        s = self.schedule
        s.proved(data)
        tag = self.change("tag", v["tagC"])
        content = self.change("content", lv(*self.change("contentItems", [
            u32(self.inputs["granted"]), self.inputs["machineName"].encode(), self.inputs["userName"].encode()])))
        box = self.change("box", seal(v[self.change("boxKey", "hsKeyC")], v["hsIvC"],
                                      self.change("boxAad", tag), content))
        self.msg4 = self.change("msg4", lv(*self.change("msg4Items", [u8(4), tag, box])))
        s.finish(self.msg4, nonce_t, self.value("nonce"))
        self.done = True
        return self.msg4, None

    def check_technician(self, signed, signature):
        if self.relative:
            refuse_if(self.requested & ~1, "RightsExceeded")
            refuse_if(signature != bytes(64), "SignatureInvalid")
            return
        self.certificate.check(self.organization_key, self.inputs["now"],
                               [bytes.fromhex(i) for i in self.inputs["deniedTechnicians"]], self.requested)
        refuse_if(not p256.verify(self.certificate.public_key, signed, signature), "SignatureInvalid")

    @property
    def relative(self):
        return self.inputs.get("isRelative", False)

    def failure(self, error, event):
        """How the host's step ends on an error: reply, burns, brokenOff."""
        at_msg3 = self.state == "MSG3"
        broken = at_msg3 and error in ("BrokenOff", "Timeout", "PeerFailed")
        burns = at_msg3 and (not broken or self.inputs["brokenOffRuns"] == 2)
        if event == "closed" or error == "PeerFailed":
            reply = None
        elif error in ("Unsupported", "Downgrade"):
            reply = lv(u8(0x0E), self.value("versions"), self.value("suites"))
        else:
            reply = FAIL
        return {"reply": reply.hex() if reply else None, "error": error, "burns": burns, "brokenOff": broken}
