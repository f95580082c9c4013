"""Resume of chapter 02: R1 and R2."""

import curve25519
import handshake
from primitives import derive, extract, hmac, sha256
from wire import items, lv, number, refuse_if, sized, u8, u32, u64

MAX_MESSAGE = 1024
MAX_ATTEMPTS = 10


def encode_ids(ids):
    return b"".join(u8(e["channel"]) + u64(e["id"]) for e in ids)


def decode_ids(item):
    refuse_if(len(item) % 9 or len(item) > 288, "LengthOutOfRange")
    entries = [{"channel": item[i], "id": number(item[i + 1:i + 9])} for i in range(0, len(item), 9)]
    channels = [e["channel"] for e in entries]
    refuse_if(any(a >= b for a, b in zip(channels, channels[1:])), "InvalidValue")
    refuse_if(any(e["id"] > 2**53 - 1 for e in entries), "InvalidValue")
    return entries


def mac_key(secret, side):
    return derive(secret, "rauth " + side, 32)


class Message:
    def __init__(self, data, kind):
        actual = handshake.first(data, MAX_MESSAGE)
        refuse_if(actual != kind, "OutOfOrder" if actual in handshake.MESSAGE_TYPES else "UnknownType")
        fields = items(data, 7)
        self.session, self.n = sized(fields[1], 16), number(sized(fields[2], 4))
        self.nonce, self.share = sized(fields[3], 16), sized(fields[4], 32)
        self.ids, self.mac = decode_ids(fields[5]), sized(fields[6], 32)
        self.body = data[:-33]


def body(kind, session, n, nonce, share, ids):
    return [u8(kind), session, u32(n), nonce, share, encode_ids(ids)]


def derive_keys(secret, r1, r2, ecdh):
    values = {"thr": sha256(lv(b"RS1 thr", r1, r2)), "ecdh": ecdh}
    values["master"] = extract(values["thr"], lv(secret, ecdh))
    values["trafficTC"] = derive(values["master"], "traffic T>C", 32)
    values["trafficCT"] = derive(values["master"], "traffic C>T", 32)
    values["resume"] = derive(values["master"], "resume", 32)
    return values


class Viewer:
    def __init__(self, session, n, secret, scalar, nonce, ids, overrides=None):
        self.session, self.n, self.secret, self.scalar = session, n, secret, scalar
        self.nonce, self.ids, self.overrides = nonce, ids, overrides or {}

    @classmethod
    def from_inputs(cls, i):
        b = bytes.fromhex
        return cls(b(i["sessionId"]), i["n"], b(i["secret"]), b(i["scalarT"]), b(i["nonceT"]), i["idsT"])

    def change(self, place, value):
        return self.overrides[place](value) if place in self.overrides else value

    def start(self):
        share = self.change("share", curve25519.x25519(self.scalar, curve25519.BASE))
        b1 = self.change("body", lv(*self.change("items", body(0x11, self.session, self.n, self.nonce, share, self.ids))))
        mac = self.change("mac", hmac(self.change("macKey", mac_key(self.secret, "T")), b1))
        self.r1 = self.change("message", b1 + lv(mac))
        return self.r1

    def finish(self, r2):
        m = Message(r2, 0x12)
        refuse_if(m.session != self.session, "UnknownSession")
        refuse_if(m.n != self.n, "UnknownGeneration")
        refuse_if(m.mac != hmac(mac_key(self.secret, "C"), self.r1 + m.body), "MacMismatch")
        handshake.check_share(m.share)
        ecdh = handshake.multiply(self.scalar, m.share)
        return derive_keys(self.secret, self.r1, r2, ecdh) | {"peerIds": m.ids}


class Host:
    def __init__(self, session, secrets, scalar, nonce, ids, recent=0, overrides=None):
        self.session, self.secrets, self.scalar, self.nonce = session, secrets, scalar, nonce
        self.ids, self.recent, self.overrides = ids, recent, overrides or {}

    @classmethod
    def from_inputs(cls, i):
        b = bytes.fromhex
        return cls(b(i["sessionId"]), {i["n"]: b(i["secret"])}, b(i["scalarC"]), b(i["nonceC"]), i["idsC"])

    def change(self, place, value):
        return self.overrides[place](value) if place in self.overrides else value

    def answer(self, r1):
        m = Message(r1, 0x11)
        refuse_if(m.session != self.session, "UnknownSession")
        refuse_if(m.n not in self.secrets, "UnknownGeneration")
        refuse_if(self.recent >= MAX_ATTEMPTS, "TooManyAttempts")
        secret = self.secrets[m.n]
        refuse_if(m.mac != hmac(mac_key(secret, "T"), m.body), "MacMismatch")
        handshake.check_share(m.share)
        ecdh = handshake.multiply(self.scalar, m.share)
        share = self.change("share", curve25519.x25519(self.scalar, curve25519.BASE))
        b2 = self.change("body", lv(*self.change("items", body(0x12, self.session, m.n, self.nonce, share, self.ids))))
        mac = self.change("mac", hmac(self.change("macKey", mac_key(secret, "C")), self.change("macPrefix", r1) + b2))
        r2 = self.change("message", b2 + lv(mac))
        return r2, derive_keys(secret, r1, r2, ecdh) | {"peerIds": m.ids}
