"""log.json: the customer's log, whole ones and ones with a single fault."""

import customer_log
import organization
import p256
from cases_handshake import CERTIFICATE, NOW, ORGANIZATION, OTHER_ORGANIZATION, OTHER_TECHNICIAN, TECHNICIAN, certificate, seed, spki
from customer_log import block, entry, opening
from primitives import sha256
from wire import lv, u8, u16, u32, u64

KEY = p256.private_key("nabij vectors log key")
OTHER_KEY = p256.private_key("nabij vectors another log key")
CONSENT = organization.consent_record("terms", "2026-01", "nl", sha256(b"example terms"), sha256(b"example licence"), 3, "yes", NOW - 60)
RECORDS_KEY = p256.private_key("nabij vectors records key")
RUN, SID_C = seed("the server's number of a run", 16), seed("log sid_c", 16)
RECORDS_CERTIFICATE = customer_log.records_certificate(ORGANIZATION, p256.public_point(RECORDS_KEY), NOW - 86_400, NOW + 86_400)
STATEMENT = customer_log.statement(RECORDS_KEY, RUN, SID_C, CONSENT, NOW - 2)
RECEIPT = customer_log.receipt(RECORDS_CERTIFICATE, STATEMENT)
USUAL = {"session_id": seed("log session", 16), "log_key": p256.public_point(KEY), "organization_key": spki(ORGANIZATION),
         "certificate": CERTIFICATE, "consent": CONSENT, "check_number": "0124", "at": NOW,
         "receipt": RECEIPT}
OPENING = opening(**USUAL)
ENTRIES = [entry(1, NOW + 5, 1, u32(0x801)), entry(2, NOW + 20, 6, u8(2)), entry(3, NOW + 31, 1, u32(6)),
           entry(4, NOW + 31, 7, u8(1) + u8(4)), entry(5, NOW + 90, 3, u32(0x20)), entry(6, NOW + 100, 4, u8(1)),
           entry(7, NOW + 104, 5), entry(8, NOW + 200, 2, u32(6)), entry(9, NOW + 300, 8, u8(2))]
END = entry(2, NOW + 9, 8, u8(1))
HASH = sha256(b"a file of the customer's")
PICTURE = sha256(b"a picture")[:16]
LONGEST_NAME = "é" * 104


def a_file(name="foto.png", outcome=0, size=123_456, digest=HASH):
    encoded = name if isinstance(name, bytes) else name.encode()
    return u8(outcome) + u64(size) + (bytes(32) if outcome else digest) + u16(len(encoded)) + encoded


LATER_ENTRIES = [entry(1, NOW + 1, 1, u32(0x1ff)), entry(2, NOW + 2, 9, a_file()), entry(3, NOW + 3, 9, a_file("rapport.pdf", 2)),
                 entry(4, NOW + 4, 10, a_file(LONGEST_NAME, size=10_000_000_000)), entry(5, NOW + 5, 10, a_file("leeg", 10, 0)),
                 entry(6, NOW + 6, 11, u32(1)), entry(7, NOW + 6, 12, u32(2**32 - 1)), entry(8, NOW + 7, 13, u8(9)), entry(9, NOW + 8, 14),
                 entry(10, NOW + 9, 15, u32(0)), entry(11, NOW + 20, 14), entry(12, NOW + 90, 15, u32(6)), entry(13, NOW + 99, 8, u8(1))]


def documents():
    return {"log.json": {"chapter": "10-customer-log", "about": "The customer's log: blocks, checked.", "cases": cases()}}


def case(name, data, problem=None, at=None, trusted=(spki(ORGANIZATION),)):
    found, where, verified, witnessed = customer_log.check(data, list(trusted))
    if (found, where) != (problem, at):
        raise SystemExit(f"log: {name}: {found} at {where}, the case says {problem} at {at}")
    return {"name": name, "kind": "log", "block": data, "trusted": list(trusted), "problem": problem or "", "at": at or 0, "entries": verified,
            "countersigned": b"".join(u16(n) for n in witnessed)}


def with_opening(**changes):
    return block(opening(**(USUAL | changes)), ENTRIES, KEY)


def swapped(first, second):
    entries = list(ENTRIES)
    entries[first], entries[second] = entries[second], entries[first]
    return entries


def flipped(index):
    return lambda i, signature: bytes([signature[0] ^ 1]) + signature[1:] if i == index else signature


def witnesses(*numbers, key=TECHNICIAN, session=None, log_key=None, entries=None, shift=0):
    """Countersignatures; shift: of the head so many entries further on."""
    chain = ENTRIES if entries is None else entries
    return [(n, p256.sign(key, customer_log.countersigned(session or USUAL["session_id"], log_key or USUAL["log_key"],
                                                          customer_log.head_of(OPENING, chain[:n + shift])))) for n in numbers]


def witnessed(*numbers, **wrong):
    return block(OPENING, ENTRIES, KEY, witnesses=witnesses(*numbers, **wrong))


def certified(*times, organization=ORGANIZATION, **wrong):
    return customer_log.records_certificate(organization, p256.public_point(RECORDS_KEY), *(times or (NOW - 86_400, NOW + 86_400)), **wrong)


def with_receipt(certificate=RECORDS_CERTIFICATE, stated=STATEMENT):
    return with_opening(receipt=customer_log.receipt(certificate, stated))


def stated(key=RECORDS_KEY, consent=CONSENT, at=NOW - 2):
    return customer_log.statement(key, RUN, SID_C, consent, at)


def receipts():
    last, first = NOW - 2, NOW - 2
    return [
        case("without a receipt", with_opening(receipt=b"")),
        case("a receipt at the first second of its certificate", with_receipt(certified(first, NOW + 9))),
        case("a receipt at the last second of its certificate", with_receipt(certified(0, last))),
        case("a receipt before its certificate", with_receipt(certified(first + 1, NOW + 9)), "Receipt"),
        case("a receipt after its certificate", with_receipt(certified(0, last - 1)), "Receipt"),
        case("a receipt of another organization", with_receipt(certified(organization=OTHER_ORGANIZATION)), "Receipt"),
        case("a receipt whose key another organization certified", with_receipt(certified(signer=OTHER_ORGANIZATION)), "Receipt"),
        case("a receipt whose key certified itself", with_receipt(certified(signer=RECORDS_KEY)), "Receipt"),
        case("a receipt signed by the organization key", with_receipt(stated=stated(ORGANIZATION)), "Receipt"),
        case("a receipt signed by the log key", with_receipt(stated=stated(KEY)), "Receipt"),
        case("a receipt for another consent", with_receipt(stated=stated(consent=CONSENT[:-1] + b"\0")), "Receipt"),
        case("a changed time in a receipt", with_receipt(stated=STATEMENT[:-65] + bytes([STATEMENT[-65] ^ 1]) + STATEMENT[-64:]), "Receipt"),
        case("a receipt is looked at before the signatures", block(opening(**(USUAL | {"receipt": customer_log.receipt(RECORDS_CERTIFICATE, stated(KEY))})),
                                                                   ENTRIES, KEY, flipped(0)), "Receipt"),
        case("another organization is trusted, whatever the receipt", with_receipt(stated=stated(KEY)), "UnknownOrganization", trusted=(spki(OTHER_ORGANIZATION),)),
        case("a receipt that is too long", with_opening(receipt=RECEIPT + bytes(513 - len(RECEIPT))), "Malformed"),
        case("a receipt cut short", with_opening(receipt=RECEIPT[:-1]), "Malformed"),
        case("a byte behind a receipt", with_opening(receipt=RECEIPT + b"\0"), "Malformed"),
        case("a receipt of one part", with_opening(receipt=lv(RECORDS_CERTIFICATE)), "Malformed"),
        case("a receipt without a signature", with_receipt(stated=STATEMENT[:-64]), "Malformed"),
        case("a receipt with another label", with_receipt(stated=STATEMENT.replace(b"RS1 receipt", b"RS1 recaipt")), "Malformed"),
        case("a records certificate with another label", with_receipt(RECORDS_CERTIFICATE.replace(b"RS1 records key", b"RS1 records kay")), "Malformed"),
        case("a records key that is no point",
             with_receipt(customer_log.records_certificate(ORGANIZATION, b"\4" + bytes(63) + b"\1", 0, NOW)), "Malformed"),
        case("a records certificate that ends before it begins", with_receipt(certified(NOW, NOW - 9)), "Malformed"),
        case("a receipt's time that is too large", with_receipt(stated=stated(at=2**53)), "Malformed"),
    ]


def one(kind, detail, person=None):
    return block(OPENING, [entry(1, NOW + 1, kind, detail, person), END], KEY)


def joined(role=1, technician=None, name="Marie"):
    encoded = name if isinstance(name, bytes) else name.encode()
    return u8(role) + (bytes(16) if role == 2 else seed("another technician", 16) if technician is None else technician) + u16(len(encoded)) + encoded


SHARED = [entry(1, NOW + 1, 1, u32(0x81)), entry(2, NOW + 2, 16, joined()), entry(3, NOW + 3, 1, u32(0x81), 2), entry(4, NOW + 4, 1, u32(6), 2),
          entry(5, NOW + 5, 7, u8(1) + u8(4), 1), entry(6, NOW + 6, 17, u8(2), 1), entry(7, NOW + 7, 16, joined(2, name="Anna"), 3),
          entry(8, NOW + 8, 4, u8(1), 3), entry(9, NOW + 9, 5), entry(10, NOW + 10, 14, person=2), entry(11, NOW + 11, 15, u32(0), 2),
          entry(12, NOW + 12, 9, a_file(), 255), entry(13, NOW + 13, 17, u8(0), 3), entry(14, NOW + 14, 8, u8(1))]


def cases():
    whole = block(OPENING, ENTRIES, KEY)
    at_entry_3 = len(u16(0)) + len(OPENING) + 2 + sum(2 + len(e) + 64 for e in ENTRIES[:2]) + 2
    first_end = entry(1, NOW + 1, 8, u8(0))
    return [
        case("every kind of entry", whole),
        case("no key is trusted in particular", whole, trusted=()),
        case("one of two trusted keys", whole, trusted=(spki(OTHER_ORGANIZATION), spki(ORGANIZATION))),
        case("only the end, for a reason of the program's own", block(OPENING, [first_end], KEY)),
        case("countersigned at grants and at the end", witnessed(1, 3, 8, 9)),
        case("countersigned everywhere", witnessed(*range(1, 10))),
        case("countersigned, but not the end", witnessed(1, 3)),
        case("countersigned, and cut short", block(OPENING, ENTRIES[:4], KEY, witnesses=witnesses(1, 3)), "CutShort"),
        case("countersigned by another technician", witnessed(1, 3, key=OTHER_TECHNICIAN), "Countersignature", 1),
        case("countersigned by the log key", witnessed(1, key=KEY), "Countersignature", 1),
        case("a countersignature of another session", witnessed(3, session=seed("another session", 16)), "Countersignature", 3),
        case("a countersignature for another log key", witnessed(3, log_key=p256.public_point(OTHER_KEY)), "Countersignature", 3),
        case("a countersignature of the entry before", witnessed(3, shift=-1), "Countersignature", 3),
        case("the second countersignature is wrong", block(OPENING, ENTRIES, KEY, witnesses=witnesses(1) + [(3, bytes(64))]), "Countersignature", 3),
        case("a changed entry is told before its countersignature", block(OPENING, ENTRIES, KEY, flipped(3), witnesses(3, 4)), "Signature", 4),
        case("a countersignature without an entry", block(OPENING, [], KEY, witnesses=[(1, bytes(64))]), "Malformed"),
        case("a countersignature of entry 0", block(OPENING, ENTRIES, KEY, witnesses=[(0, bytes(64))]), "Malformed"),
        case("a countersignature of an entry that is not there", block(OPENING, ENTRIES, KEY, witnesses=[(10, bytes(64))]), "Malformed"),
        case("countersignatures that fall", block(OPENING, ENTRIES, KEY, witnesses=witnesses(3, 1)), "Malformed"),
        case("a countersignature twice", block(OPENING, ENTRIES, KEY, witnesses=witnesses(3, 3)), "Malformed"),
        case("a countersignature cut short", witnessed(9)[:-1], "Malformed"),
        case("without a count of countersignatures", whole[:-2], "Malformed"),
        case("no entry", block(OPENING, [], KEY), "CutShort"),
        case("the last entry is missing", block(OPENING, ENTRIES[:-1], KEY), "CutShort"),
        case("another organization is trusted", whole, "UnknownOrganization", trusted=(spki(OTHER_ORGANIZATION),)),
        case("a certificate of another organization", with_opening(certificate=certificate(OTHER_ORGANIZATION)), "Certificate"),
        case("the organization key is not the one that signed", with_opening(organization_key=spki(OTHER_ORGANIZATION)), "Certificate",
             trusted=(spki(OTHER_ORGANIZATION),)),
        case("a changed signature", block(OPENING, ENTRIES, KEY, flipped(3)), "Signature", 4),
        case("signed by another key", block(OPENING, ENTRIES, OTHER_KEY), "Signature", 1),
        case("another opening over the same entries", u16(len(OPENING)) + opening(**(USUAL | {"check_number": "0125"})) + whole[2 + len(OPENING):],
             "Signature", 1),
        case("a changed byte in an entry", whole[:at_entry_3 + 13] + bytes([whole[at_entry_3 + 13] ^ 1]) + whole[at_entry_3 + 14:], "Signature", 3),
        case("an entry is left out", block(OPENING, ENTRIES[:2] + ENTRIES[3:], KEY), "Order", 3),
        case("an entry twice", block(OPENING, ENTRIES[:2] + ENTRIES[1:], KEY), "Order", 3),
        case("two entries change places", block(OPENING, swapped(1, 2), KEY), "Order", 2),
        case("time falls", block(OPENING, [entry(1, NOW + 5, 5), entry(2, NOW + 4, 8, u8(1))], KEY), "Order", 2),
        case("the first entry is older than the session", block(OPENING, [entry(1, NOW - 1, 8, u8(1))], KEY), "Order", 1),
        case("something behind the end", block(OPENING, [first_end, entry(2, NOW + 2, 5)], KEY), "Order", 2),
        case("two ends", block(OPENING, [first_end, END], KEY), "Order", 2),
        case("number 0", block(OPENING, [entry(0, NOW + 1, 8, u8(1))], KEY), "Malformed"),
        case("files, clipboard, facts, and a line that was lost", block(OPENING, LATER_ENTRIES, KEY)),
        case("every reason why a file did not arrive",
             block(OPENING, [*(entry(n, NOW + n, 9 + n % 2, a_file(outcome=n)) for n in range(1, 11)), entry(11, NOW + 11, 8, u8(1))], KEY)),
        case("a colleague, a hand-over, and a relative", block(OPENING, SHARED, KEY)),
        case("the longest name of a participant", one(16, joined(name="é" * 32), 255)),
        case("a participant without a name", one(16, joined(name="")), "Malformed"),
        case("a participant's name that is too long", one(16, joined(name="é" * 32 + "x")), "Malformed"),
        case("a participant's name with a line feed", one(16, joined(name="a\nb")), "Malformed"),
        case("a role that does not exist", one(16, joined(3)), "Malformed"),
        case("no role", one(16, joined(0)), "Malformed"),
        case("a relative with a technician id", one(16, u8(2) + joined()[1:]), "Malformed"),
        case("a byte behind a participant's name", one(16, joined() + b"\0"), "Malformed"),
        case("the first person joins", one(16, joined(), 1), "Malformed"),
        case("nobody joins", one(16, joined(), 0), "Malformed"),
        case("somebody left for an unknown reason", one(17, u8(8)), "Malformed"),
        case("nobody left", one(17, u8(2), 0), "Malformed"),
        case("something is allowed to nobody", one(1, u32(1), 0), "Malformed"),
        case("a person goes on", one(5, b"", 1), "Malformed"),
        case("a person's displays", one(6, u8(1), 1), "Malformed"),
        case("a person's end", block(OPENING, [entry(1, NOW + 1, 8, u8(1), 1)], KEY), "Malformed"),
        case("a file of nobody", one(9, a_file(), 0), "Malformed"),
        case("a person of two bytes", block(OPENING, [lv(u32(1), u64(NOW + 1), u8(5), u16(0), b""), END], KEY), "Malformed"),
        case("a file without a name", one(9, a_file("")), "Malformed"),
        case("a file's name that is too long", one(10, a_file(LONGEST_NAME + "x")), "Malformed"),
        case("a file's name with a line feed", one(9, a_file("a\nb")), "Malformed"),
        case("a file's name that is no UTF-8", one(9, a_file(b"a\xc3(")), "Malformed"),
        case("a file's name with a byte-order mark", one(9, a_file(b"\xef\xbb\xbfa")), "Malformed"),
        case("a file that did not arrive, with a hash", one(9, u8(1) + a_file()[1:]), "Malformed"),
        case("a file with an unknown outcome", one(10, a_file(outcome=11)), "Malformed"),
        case("a file that is too large", one(9, a_file(size=10_000_000_001)), "Malformed"),
        case("a file cut short", one(9, a_file()[:-1]), "Malformed"),
        case("a byte behind a file's name", one(10, a_file() + b"\0"), "Malformed"),
        case("nothing on the clipboard", one(11, u32(0)), "Malformed"),
        case("nothing given from the clipboard", one(12, u32(0)), "Malformed"),
        case("a length of the clipboard that is too short", one(11, u16(4)), "Malformed"),
        case("no facts", one(13, u8(0)), "Malformed"),
        case("a detail of a lost line", one(14, b"\0"), "Malformed"),
        case("a line that came back without a detail", one(15, b""), "Malformed"),
        case("a line that came back with a reserved permission", one(15, u32(0x1000)), "Malformed"),
        case("an entry that is too long", block(OPENING, [entry(1, NOW + 1, 9, bytes(281))], KEY), "Malformed"),
        case("pictures of two people", block(OPENING, [entry(1, NOW + 1, 1, u32(1)), entry(2, NOW + 2, 18, PICTURE), entry(3, NOW + 3, 16, joined()),
                                                      entry(4, NOW + 4, 18, PICTURE[::-1], 2), entry(5, NOW + 9, 8, u8(1))], KEY)),
        case("a picture of the last person", one(18, PICTURE, 255)),
        case("a picture of nobody", one(18, PICTURE, 0), "Malformed"),
        case("a picture without a number", one(18, b""), "Malformed"),
        case("a picture's number cut short", one(18, PICTURE[:-1]), "Malformed"),
        case("a byte behind a picture's number", one(18, PICTURE + b"\0"), "Malformed"),
        case("an unknown kind", one(19, b""), "Malformed"),
        case("kind 0", one(0, b""), "Malformed"),
        case("nothing is allowed", one(1, u32(0)), "Malformed"),
        case("a reserved permission", one(2, u32(0x1000)), "Malformed"),
        case("a short detail", one(3, b"\0\0\1"), "Malformed"),
        case("a detail where there is none", one(5, b"\0"), "Malformed"),
        case("every reason to hold the session", block(OPENING, [*(entry(n, NOW + n, 4, u8(n)) for n in range(1, 6)), entry(6, NOW + 9, 8, u8(1))], KEY)),
        case("no reason to hold the session", one(4, u8(0)), "Malformed"),
        case("an unknown reason to hold the session", one(4, u8(6)), "Malformed"),
        case("no displays", one(6, u8(0))),
        case("a refused message of a channel that came later", one(7, u8(99) + u8(1))),
        case("an unknown reason", block(OPENING, [entry(1, NOW + 1, 8, u8(8))], KEY), "Malformed"),
        case("an item more in an entry", block(OPENING, [lv(u32(1), u64(NOW + 1), u8(5), u8(0), b"", b"")], KEY), "Malformed"),
        case("an item less in an entry", block(OPENING, [lv(u32(1), u64(NOW + 1), u8(5), u8(0))], KEY), "Malformed"),
        case("a time that is too large", block(OPENING, [entry(1, 2**53, 8, u8(1))], KEY), "Malformed"),
        case("a byte behind the block", whole + b"\0", "Malformed"),
        case("a byte less", whole[:-1], "Malformed"),
        case("nothing", b"", "Malformed"),
        case("a count without entries", block(OPENING, [], KEY)[:-4] + u16(1) + u16(0), "Malformed"),
        case("more entries than there may be", block(OPENING, [], KEY)[:-4] + u16(4097), "Malformed"),
        case("a later version", u16(len(OPENING)) + OPENING[:9] + b"\2" + OPENING[10:] + u16(0) + u16(0), "Malformed"),
        case("another label", with_opening_label(b"RS1 lag"), "Malformed"),
        case("a check number that is none", with_opening(check_number="01a4"), "Malformed"),
        case("a check number of five digits", with_opening(check_number="01244"), "Malformed"),
        case("a log key that is no point", with_opening(log_key=b"\4" + bytes(63) + b"\1"), "Malformed"),
        case("an organization key of another form", with_opening(organization_key=bytes(91)), "Malformed"),
        case("a session id that is too long", with_opening(session_id=bytes(17)), "Malformed"),
        case("a consent record with a tick that does not exist", with_opening(consent=CONSENT.replace(b"\1\3\1\1", b"\1\7\1\1")), "Malformed"),
        case("a consent record cut short", with_opening(consent=CONSENT[:-1]), "Malformed"),
        case("a certificate cut short", with_opening(certificate=CERTIFICATE[:-1]), "Malformed"),
        *receipts(),
    ]


def with_opening_label(wrong):
    return block(OPENING.replace(b"RS1 log", wrong, 1), ENTRIES, KEY)
