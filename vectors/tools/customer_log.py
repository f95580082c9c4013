"""The customer's log (docs/protocol/10-customer-log.md): written and checked."""

import p256
from channels import Reader
from files import MOST_BYTES
from handshake import Certificate
from primitives import sha256
from wire import Refused, items, label, lv, number, permissions, refuse_if, sized, text, time, u8, u16, u32, u64

FILE_BYTES = (1 + 8 + 32 + 2 + 1, 1 + 8 + 32 + 2 + 208)
DETAIL_BYTES = {1: (4,), 2: (4,), 3: (4,), 4: (1,), 5: (0,), 6: (1,), 7: (2,), 8: (1,), 9: FILE_BYTES, 10: FILE_BYTES, 11: (4,), 12: (4,),
                13: (1,), 14: (0,), 15: (4,), 16: (1 + 16 + 2 + 1, 1 + 16 + 2 + 64), 17: (1,), 18: (16,)}
MOST_ENTRIES = 4096
LARGEST_ENTRY = 288
END_REASONS = range(0, 8)
STOP_REASONS = range(1, 6)


def opening(session_id, log_key, organization_key, certificate, consent, check_number, at, receipt):
    return lv(b"RS1 log", u8(1), session_id, log_key, organization_key, certificate, consent, check_number.encode(), u64(at), receipt)


def records_certificate(organization_key, records_point, not_before, not_after, signer=None):
    signed = lv(b"RS1 records key", sha256(p256.spki(p256.public_point(organization_key))), records_point, u64(not_before), u64(not_after))
    return signed + p256.sign(signer or organization_key, signed)


def statement(records_key, session, sid_c, consent, at):
    signed = lv(b"RS1 receipt", session, sid_c, sha256(consent), u64(at))
    return signed + p256.sign(records_key, signed)


def receipt(certificate, stated):
    return lv(certificate, stated)


def entry(n, at, kind, detail=b"", person=None):
    return lv(u32(n), u64(at), u8(kind), u8(usual_person(kind) if person is None else person), detail)


def usual_person(kind):
    return 0 if kind in (4, 5, 6, 8) else 2 if kind == 16 else 1


def persons(kind):
    """Whose entry one of this kind may be."""
    if kind in (5, 6, 8):
        return range(0, 1)
    return range(0, 256) if kind == 4 else range(2, 256) if kind == 16 else range(1, 256)


def next_head(head, encoded):
    return sha256(lv(b"RS1 log entry", head, encoded))


def countersigned(session_id, log_key_point, head):
    return lv(b"RS1 log countersignature", session_id, log_key_point, head)


def block(opened, entries, log_key, tamper=None, witnesses=()):
    """entries: encoded; tamper(index, signature) may change a signature; witnesses: numbers and signatures."""
    out, head = u16(len(opened)) + opened + u16(len(entries)), sha256(opened)
    for index, encoded in enumerate(entries):
        head = next_head(head, encoded)
        signature = p256.sign(log_key, lv(b"RS1 log head", head))
        out += u16(len(encoded)) + encoded + (tamper(index, signature) if tamper else signature)
    return out + u16(len(witnesses)) + b"".join(u32(n) + signature for n, signature in witnesses)


def head_of(opened, entries):
    head = sha256(opened)
    for encoded in entries:
        head = next_head(head, encoded)
    return head


class Bytes:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        refuse_if(self.at + count > len(self.data), "Truncated")
        self.at += count
        return self.data[self.at - count:self.at]


def read_consent(data):
    fields = items(data, 9)
    label(fields[0], b"RS1 consent")
    text(fields[1], 1, 32), text(fields[2], 1, 32), text(fields[3], 2, 5)
    sized(fields[4], 32), sized(fields[5], 32)
    refuse_if(number(sized(fields[6], 1)) > 3, "InvalidValue")
    refuse_if(number(sized(fields[7], 1)) not in (1, 2, 3), "InvalidValue")
    time(fields[8])


def read_signed(data, count):
    """The items in front of a signature, what is signed, and the signature."""
    refuse_if(len(data) < 64, "Truncated")
    return items(data[:-64], count), data[:-64], data[-64:]


def read_receipt(data):
    outer = items(data, 2)
    fields, signed, signature = read_signed(outer[0], 5)
    label(fields[0], b"RS1 records key")
    key = sized(fields[2], 65)
    refuse_if(not p256.is_point(key), "InvalidValue")
    first, last = time(fields[3]), time(fields[4])
    refuse_if(first > last, "InvalidValue")
    said, stated, its_signature = read_signed(outer[1], 5)
    label(said[0], b"RS1 receipt")
    sized(said[1], 16), sized(said[2], 16)
    return {"organization": sized(fields[1], 32), "key": key, "first": first, "last": last, "certificate": (signed, signature),
            "consent": sized(said[3], 32), "time": time(said[4]), "statement": (stated, its_signature)}


def holds(receipt, organization, consent):
    return (receipt["organization"] == sha256(organization) and p256.verify(organization[26:], *receipt["certificate"])
            and receipt["first"] <= receipt["time"] <= receipt["last"] and p256.verify(receipt["key"], *receipt["statement"])
            and receipt["consent"] == sha256(consent))


def read_opening(data):
    fields = items(data, 10)
    label(fields[0], b"RS1 log")
    refuse_if(sized(fields[1], 1) != b"\x01", "InvalidValue")
    sized(fields[2], 16)
    refuse_if(not p256.is_point(sized(fields[3], 65)), "InvalidValue")
    organization = sized(fields[4], 91)
    refuse_if(not organization.startswith(p256.SPKI_PREFIX) or not p256.is_point(organization[26:]), "InvalidValue")
    certificate = Certificate(sized(fields[5], 1, 1024))
    read_consent(sized(fields[6], 1, 256))
    refuse_if(not text(fields[7], 4, 4).isdigit(), "InvalidValue")
    given = sized(fields[9], 0, 512)
    return {"session": fields[2], "key": fields[3], "organization": organization, "certificate": certificate, "time": time(fields[8]),
            "consent": fields[6], "receipt": read_receipt(given) if given else None}


def read_file(detail):
    reader = Reader(detail)
    outcome = reader.limited(1, 0, 10)
    reader.limited(8, 0, MOST_BYTES)
    refuse_if(reader.take(32) != bytes(32) and outcome != 0, "InvalidValue")
    reader.text(1, 208)
    reader.end()


def read_entry(data):
    fields = items(data, 5)
    n, at, kind = number(sized(fields[0], 4)), time(fields[1]), number(sized(fields[2], 1))
    refuse_if(n == 0 or kind not in DETAIL_BYTES, "InvalidValue")
    refuse_if(number(sized(fields[3], 1)) not in persons(kind), "InvalidValue")
    detail = sized(fields[4], *DETAIL_BYTES[kind])
    refuse_if(kind <= 3 and permissions(detail) == 0, "InvalidValue")
    refuse_if(kind == 4 and detail[0] not in STOP_REASONS, "InvalidValue")
    refuse_if(kind in (8, 17) and detail[0] not in END_REASONS, "InvalidValue")
    if kind in (9, 10):
        read_file(detail)
    refuse_if(kind in (11, 12, 13) and number(detail) == 0, "InvalidValue")
    if kind == 15:
        permissions(detail)
    if kind == 16:
        read_joined(detail)
    return {"number": n, "time": at, "kind": kind}


def read_joined(detail):
    reader = Reader(detail)
    role, technician = reader.limited(1, 1, 2), reader.take(16)
    refuse_if(role == 2 and technician != bytes(16), "InvalidValue")
    reader.text(1, 64)
    reader.end()


def check(data, trusted):
    """The problem (None, or its name), the entry in which it is, how many entries verify, and which heads are countersigned."""
    try:
        reader = Bytes(data)
        encoded_opening = reader.take(number(reader.take(2)))
        count = number(reader.take(2))
        refuse_if(count > MOST_ENTRIES, "LengthOutOfRange")
        signed = []
        for _ in range(count):
            length = number(reader.take(2))
            refuse_if(length > LARGEST_ENTRY, "LengthOutOfRange")
            signed.append((reader.take(length), reader.take(64)))
        witnesses = [(number(reader.take(4)), reader.take(64)) for _ in range(witness_count(reader, count))]
        refuse_if(any(a >= b for (a, _), (b, _) in zip(witnesses, witnesses[1:])), "InvalidValue")
        refuse_if(any(not 1 <= n <= count for n, _ in witnesses), "InvalidValue")
        refuse_if(reader.at != len(data), "TrailingBytes")
        entries = [read_entry(encoded) for encoded, _ in signed]
        opened = read_opening(encoded_opening)
    except Refused:
        return "Malformed", None, 0, []
    certificate = opened["certificate"]
    if not p256.verify(opened["organization"][26:], certificate.signed, certificate.signature):
        return "Certificate", None, 0, []
    if trusted and opened["organization"] not in trusted:
        return "UnknownOrganization", None, 0, []
    if opened["receipt"] and not holds(opened["receipt"], opened["organization"], opened["consent"]):
        return "Receipt", None, 0, []
    head, heads, before = sha256(encoded_opening), [], {"time": opened["time"], "kind": 0}
    for n, ((encoded, signature), one) in enumerate(zip(signed, entries), 1):
        head = next_head(head, encoded)
        if not p256.verify(opened["key"], lv(b"RS1 log head", head), signature):
            return "Signature", n, n - 1, []
        if one["number"] != n or one["time"] < before["time"] or before["kind"] == 8:
            return "Order", n, n, []
        heads.append(head)
        before = one
    for n, signature in witnesses:
        if not p256.verify(certificate.public_key, countersigned(opened["session"], opened["key"], heads[n - 1]), signature):
            return "Countersignature", n, len(entries), []
    return (None if before["kind"] == 8 else "CutShort"), None, len(entries), [n for n, _ in witnesses]


def witness_count(reader, entries):
    count = number(reader.take(2))
    refuse_if(count > entries, "LengthOutOfRange")
    return count
