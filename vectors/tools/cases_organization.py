"""certificates.json, organization.json, consent.json."""

import base64
import json

import organization
import p256
from cases_handshake import (NEXT_ORGANIZATION, NOW, ORGANIZATION, OTHER_ORGANIZATION, PUBLIC, TECHNICIAN, TECHNICIAN_ID,
                             certificate, certificate_faults, flip, longer_length, raw_item, replace, seed, spki)
from handshake import Certificate
from primitives import sha256
from wire import Refused, refuse_if, u32


def documents():
    return {
        "certificates.json": {"chapter": "02-handshake", "about": "Technician certificates, decoded and checked.",
                              "cases": certificate_cases()},
        "organization.json": {"chapter": "02-handshake", "about": "Signed organization documents, and the block at the "
                              "end of a program.", "cases": document_cases() + block_cases()},
        "consent.json": {"chapter": "02-handshake", "about": "Consent records and their hashes.", "cases": consent_cases()},
    }


def certificate_case(name, data, error=None, at=None, **changes):
    settings = {"organizationKeys": [spki(ORGANIZATION)], "deniedTechnicians": [], "now": NOW, "requested": 7} | changes
    case = {"name": name, "kind": "certificate", "hex": data} | settings
    got, step = None, "MSG1"
    try:
        c = Certificate(data)
        key = next((k for k in settings["organizationKeys"] if sha256(k) == c.organization_hash), None)
        refuse_if(key is None, "UnknownOrganization")
        step = "MSG3"
        c.check(key, settings["now"], settings["deniedTechnicians"], settings["requested"])
    except Refused as refused:
        got = refused.name
    if got != error or (error and at != step):
        raise SystemExit(f"certificate: {name}: {got} at {step}, the case says {error} at {at}")
    if error:
        return case | {"error": error, "at": at}
    return case | {"fields": {
        "organizationKeyHash": c.organization_hash, "technicianId": c.technician_id, "displayName": c.display_name,
        "publicKey": c.public_key, "notBefore": c.not_before, "notAfter": c.not_after, "rights": c.rights}}


def certificate_cases():
    two = {"organizationKeys": [spki(ORGANIZATION), spki(NEXT_ORGANIZATION)]}
    usual = certificate()
    cases = [
        certificate_case("the usual certificate", usual),
        certificate_case("name of one byte", certificate(name=b"P")),
        certificate_case("name of 64 bytes", certificate(name="ë".encode() * 32)),
        certificate_case("name outside the first plane", certificate(name="Ольга 👩‍💻".encode())),
        certificate_case("control characters in a name are text", certificate(name="a\tb\u202ec".encode())),
        certificate_case("no rights", certificate(rights=0), requested=0),
        certificate_case("all rights, all requested", usual, requested=0xFFF),
        certificate_case("exactly its rights requested", certificate(rights=5), requested=5),
        certificate_case("under the next key", certificate(NEXT_ORGANIZATION), **two),
        certificate_case("under the current of two keys", usual, **two),
        certificate_case("now is not before - 300", usual, now=NOW - 3900),
        certificate_case("now is not after + 300", usual, now=NOW + 39900),
        certificate_case("not before equals not after", certificate(not_before=NOW, not_after=NOW)),
        certificate_case("times of 0 and 2^53-1", certificate(not_before=0, not_after=2**53 - 1)),
        certificate_case("another technician is denied", usual, deniedTechnicians=[seed("denied", 16)]),
        certificate_case("key with a zero byte at the end of x", certificate(public_key=point_with_zero(64 - 32))),
        certificate_case("key with a zero byte at the start of y", certificate(public_key=point_with_zero(33))),
        certificate_case("signature with the other s", certificate(overrides={"signature": lambda s: s[:32] + (
            p256.N - int.from_bytes(s[32:], "big")).to_bytes(32, "big")})),
    ]
    cases += [certificate_case("refused: " + name, data, error, "MSG1") for name, error, data in certificate_faults()]
    for index, name in enumerate(("label", "version", "organization hash", "technician id", "name", "public key",
                                  "not before", "not after", "rights")):
        data = certificate(overrides={"body": lambda b, i=index: raw_item(i, longer_length(1))(nine(b))})
        cases.append(certificate_case(f"refused: longer length than needed: {name}", data, "NonMinimalLength", "MSG1"))
        cut = sum(len(usual_items(usual)[i]) for i in range(index))
        cases.append(certificate_case(f"refused: ends before {name}", usual[:cut], "Truncated", "MSG1"))
    cases += refused_by_check(usual, two)
    return cases


def nine(body):
    fields, at = [], 0
    while at < len(body):
        length = body[at]
        fields.append(body[at + 1:at + 1 + length])
        at += 1 + length
    return fields


def usual_items(data):
    return [bytes([len(field)]) + field for field in nine(data[:-64])]


def point_with_zero(byte):
    index = 0
    while p256.public_point(index + 1)[byte] != 0:
        index += 1
    return p256.public_point(index + 1)


def refused_by_check(usual, two):
    def c(name, data, error, **changes):
        return certificate_case("refused: " + name, data, error, "MSG3", **changes)
    signature = lambda change: certificate(overrides={"signature": change})
    n = p256.N.to_bytes(32, "big")
    return [
        certificate_case("refused: another organization", certificate(OTHER_ORGANIZATION), "UnknownOrganization", "MSG1"),
        certificate_case("refused: no organization key at all", usual, "UnknownOrganization", "MSG1", organizationKeys=[]),
        certificate_case("refused: a key that is no longer the organization's", usual, "UnknownOrganization", "MSG1",
                         organizationKeys=[spki(NEXT_ORGANIZATION)]),
        c("signed by another organization", certificate(overrides={"signer": OTHER_ORGANIZATION}), "CertificateSignature"),
        c("signed by the technician", certificate(overrides={"signer": TECHNICIAN}), "CertificateSignature"),
        c("signed by the next key but naming the current", certificate(overrides={"signer": NEXT_ORGANIZATION}),
          "CertificateSignature", **two),
        c("flipped bit in r", signature(flip(0)), "CertificateSignature"),
        c("flipped bit in s", signature(flip(63)), "CertificateSignature"),
        c("r of zero", signature(lambda s: bytes(32) + s[32:]), "CertificateSignature"),
        c("s of zero", signature(lambda s: s[:32] + bytes(32)), "CertificateSignature"),
        c("r = n", signature(lambda s: n + s[32:]), "CertificateSignature"),
        c("s = n", signature(lambda s: s[:32] + n), "CertificateSignature"),
        c("signature of ones", signature(lambda s: b"\xff" * 64), "CertificateSignature"),
        c("rights raised afterwards", flip(len(usual) - 65, 3)(certificate(rights=7)), "CertificateSignature"),
        c("301 s before not before", usual, "CertificateNotYetValid", now=NOW - 3901),
        c("301 s after not after", usual, "CertificateExpired", now=NOW + 39901),
        c("technician denied", usual, "CertificateRevoked", deniedTechnicians=[TECHNICIAN_ID]),
        c("technician second among the denied", usual, "CertificateRevoked", deniedTechnicians=[seed("denied", 16), TECHNICIAN_ID]),
        c("one right too many", certificate(rights=3), "RightsExceeded"),
        c("everything requested without rights", certificate(rights=0), "RightsExceeded", requested=0xFFF),
    ]


def base_document(**changes):
    document = {
        "format": 1, "organizationId": seed("organization id", 16).hex(), "slug": "voorbeeld", "displayName": "Voorbeeld Computerhulp",
        "legalName": "Voorbeeld B.V.", "tradeNumber": "KvK 12345678", "phone": "+31 10 123 45 67",
        "helpUrl": "https://help.example.nl/o/voorbeeld", "origin": "https://help.example.nl",
        "keys": [base64.b64encode(spki(ORGANIZATION)).decode()], "deniedTechnicians": [], "minimumVersion": 1,
        "color": "#0b5fff"}
    return {key: value for key, value in (document | changes).items() if value is not None}


def payload_of(document):
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")


def signed(document=None, payload=None, signer=ORGANIZATION, signature=None, **changes):
    payload = payload_of(base_document(**changes) if document is None else document) if payload is None else payload
    made = organization.sign(signer, payload)
    return organization.envelope(payload, signature(made) if signature else made)


def document_case(name, data, error=None, **extra):
    case = {"name": name, "kind": "document", "hex": data} | extra
    try:
        opened = organization.open_document(data)
    except Refused as refused:
        if refused.name != error:
            raise SystemExit(f"organization: {name}: {refused.name}, the case says {error}") from None
        return case | {"error": error}
    if error:
        raise SystemExit(f"organization: {name}: not refused, the case says {error}")
    return case | {"document": opened}


def document_cases():
    return document_positives() + envelope_faults() + member_faults() + key_faults()


def document_positives():
    c = document_case
    both = [base64.b64encode(spki(key)).decode() for key in (ORGANIZATION, NEXT_ORGANIZATION)]
    reordered = dict(reversed(base_document().items()))
    pretty = json.dumps(base_document(), indent=2, ensure_ascii=True).encode()
    return [
        c("the usual document", signed()),
        c("two keys", signed(keys=both)),
        c("denied technicians", signed(deniedTechnicians=[seed("denied", 16).hex(), TECHNICIAN_ID.hex()])),
        c("a contact for abuse", signed(abuseContact="misbruik@voorbeeld.example")),
        c("an empty contact for abuse", signed(abuseContact="")),
        c("the longest contact for abuse", signed(abuseContact="é" * 64)),
        c("a contact for abuse that is too long", signed(abuseContact="é" * 64 + "x"), "LengthOutOfRange"),
        c("a contact for abuse that is no text", signed(abuseContact=1), "InvalidValue"),
        c("a contact for abuse with a line feed", signed(abuseContact="a\nb"), "InvalidText"),
        c("empty texts where they may be", signed(legalName="", tradeNumber="", phone="")),
        c("longest texts", signed(displayName="ë" * 32, legalName="é" * 64, tradeNumber="x" * 32, phone="0" * 32,
                                  slug="a" * 40)),
        c("text outside the first plane", signed(displayName="Хелп 😀 助け")),
        c("shortest slug", signed(slug="a")),
        c("slug with hyphens and digits", signed(slug="a-1-b2")),
        c("origin with a port", signed(origin="https://help.example.nl:8443", helpUrl="https://help.example.nl:8443/")),
        c("help address on another host", signed(helpUrl="https://www.example.nl/hulp?a=1#b")),
        c("help address without a path", signed(helpUrl="https://help.example.nl")),
        c("origin localhost", signed(origin="http://localhost:8080", helpUrl="http://localhost:8080/o/voorbeeld")),
        c("origin 127.0.0.1", signed(origin="http://127.0.0.1:8080", helpUrl="http://127.0.0.1:8080/")),
        c("origin [::1]", signed(origin="http://[::1]:8080", helpUrl="http://[::1]:8080/")),
        c("largest minimum version", signed(minimumVersion=255)),
        c("unknown members are ignored", signed(shoeSize=[1, {"a": None}])),
        c("members in another order", signed(reordered)),
        c("spaces, line ends and escapes in the JSON", signed(payload=pretty)),
        c("unknown members around the payload", json.dumps(json.loads(signed()) | {"note": 1}).encode()),
        c("signature with the other s", signed(signature=lambda s: s[:32] + (
            p256.N - int.from_bytes(s[32:], "big")).to_bytes(32, "big"))),
    ]


def envelope_faults():
    c = document_case
    good = json.loads(signed())
    edit = lambda **changes: json.dumps({k: v for k, v in (good | changes).items() if v is not None}).encode()
    payload = base64.b64decode(good["payload"])
    signature = base64.b64decode(good["signature"])
    encode = lambda data: base64.b64encode(data).decode()
    spare = encode(signature)[:-3] + chr(ord(encode(signature)[-3]) + 1) + "=="
    return [
        c("nothing", b"", "InvalidValue"),
        c("not JSON", b"hello", "InvalidValue"),
        c("an array", b"[]", "InvalidValue"),
        c("null", b"null", "InvalidValue"),
        c("an empty object", b"{}", "InvalidValue"),
        c("JSON cut off", signed()[:-1], "InvalidValue"),
        c("something behind the JSON", signed() + b"x", "InvalidValue"),
        c("65,537 bytes", signed() + b" " * (65537 - len(signed())), "LengthOutOfRange"),
        c("byte-order mark in front", b"\xef\xbb\xbf" + signed(), "InvalidText"),
        c("not UTF-8", signed()[:-1] + b",\"a\":\"\xff\"}", "InvalidText"),
        c("UTF-16", signed().decode().encode("utf-16-le"), "InvalidValue"),
        c("without payload", edit(payload=None), "InvalidValue"),
        c("without signature", edit(signature=None), "InvalidValue"),
        c("payload is a number", edit(payload=1), "InvalidValue"),
        c("signature is null", json.dumps(good | {"signature": None}).encode(), "InvalidValue"),
        c("payload is the document itself", edit(payload=base_document()), "InvalidValue"),
        c("payload not base64", edit(payload="*" + good["payload"][1:]), "InvalidValue"),
        c("payload with a line end", edit(payload=good["payload"][:76] + "\n" + good["payload"][76:]), "InvalidText"),
        c("payload with a space", edit(payload=good["payload"][:76] + " " + good["payload"][76:]), "InvalidValue"),
        c("signature in base64url", edit(signature=url_safe(signature)), "InvalidValue"),
        c("signature without padding", edit(signature=encode(signature).rstrip("=")), "InvalidValue"),
        c("signature with spare bits", edit(signature=spare), "InvalidValue"),
        c("signature of 63 bytes", edit(signature=encode(signature[:63])), "LengthOutOfRange"),
        c("signature of 65 bytes", edit(signature=encode(signature + b"\0")), "LengthOutOfRange"),
        c("empty signature", edit(signature=""), "LengthOutOfRange"),
        c("empty payload", signed(payload=b""), "InvalidValue"),
        c("payload not JSON", signed(payload=b"hello"), "InvalidValue"),
        c("payload is an array", signed(payload=b"[]"), "InvalidValue"),
        c("payload not UTF-8", signed(payload=payload.replace(b"Voorbeeld B", b"Voorbeeld \xff")), "InvalidText"),
        c("payload with an overlong form", signed(payload=payload.replace(b"Voorbeeld B", b"Voorbeeld \xc0\xaf")), "InvalidText"),
        c("payload with a byte-order mark", signed(payload=b"\xef\xbb\xbf" + payload), "InvalidText"),
        c("flipped bit in the signature", signed(signature=flip(63)), "SignatureInvalid"),
        c("signature of zeros", signed(signature=lambda s: bytes(64)), "SignatureInvalid"),
        c("signed by another key", signed(signer=OTHER_ORGANIZATION), "SignatureInvalid"),
        c("signed without label", edit(signature=encode(p256.sign(ORGANIZATION, payload))), "SignatureInvalid"),
        c("signed without lengths", edit(signature=encode(p256.sign(ORGANIZATION, b"Nabij organization" + payload))), "SignatureInvalid"),
        c("payload changed by one letter", edit(payload=encode(payload.replace(b"B.V.", b"N.V."))), "SignatureInvalid"),
        c("payload with one more space", edit(payload=encode(payload + b" ")), "SignatureInvalid"),
    ]


def url_safe(signature):
    text = base64.b64encode(signature).decode()
    assert "+" in text or "/" in text
    return text.replace("+", "-").replace("/", "_")


def member_faults():
    cases = [document_case(f"without {name}", signed(**{name: None}), "InvalidValue") for name in base_document()]
    wrong_type = {"format": "1", "organizationId": 1, "slug": ["a"], "displayName": 1, "legalName": False, "tradeNumber": 12345678,
                  "phone": {}, "helpUrl": 1, "origin": 1, "keys": "x", "deniedTechnicians": {}, "minimumVersion": "1", "color": 255}
    cases += [document_case(f"{name} of another type", signed(**{name: value}), "InvalidValue") for name, value in wrong_type.items()]
    bad = [
        ("format 2", {"format": 2}, "InvalidValue"), ("format 0", {"format": 0}, "InvalidValue"),
        ("organizationId of 31 digits", {"organizationId": "a" * 31}, "LengthOutOfRange"),
        ("organizationId of 33 digits", {"organizationId": "a" * 33}, "LengthOutOfRange"),
        ("organizationId in capitals", {"organizationId": "A" * 32}, "InvalidValue"),
        ("organizationId not hex", {"organizationId": "g" * 32}, "InvalidValue"),
        ("slug empty", {"slug": ""}, "LengthOutOfRange"), ("slug of 41", {"slug": "a" * 41}, "LengthOutOfRange"),
        ("slug with capitals", {"slug": "Voorbeeld"}, "InvalidValue"), ("slug begins with a hyphen", {"slug": "-a"}, "InvalidValue"),
        ("slug ends with a hyphen", {"slug": "a-"}, "InvalidValue"), ("slug with two hyphens", {"slug": "a--b"}, "InvalidValue"),
        ("slug with a slash", {"slug": "a/b"}, "InvalidValue"), ("slug with a line end", {"slug": "ab\n"}, "InvalidText"),
        ("displayName empty", {"displayName": ""}, "LengthOutOfRange"),
        ("displayName of 65 bytes", {"displayName": "x" * 65}, "LengthOutOfRange"),
        ("displayName of 33 letters and 66 bytes", {"displayName": "ë" * 33}, "LengthOutOfRange"),
        ("displayName with a line end", {"displayName": "a\nb"}, "InvalidText"),
        ("displayName with U+0085", {"displayName": "a\x85b"}, "InvalidText"),
        ("displayName with U+0000", {"displayName": "a\0b"}, "InvalidText"),
        ("legalName of 129 bytes", {"legalName": "x" * 129}, "LengthOutOfRange"),
        ("legalName with U+007F", {"legalName": "a\x7fb"}, "InvalidText"),
        ("tradeNumber of 33 bytes", {"tradeNumber": "1" * 33}, "LengthOutOfRange"),
        ("phone of 33 bytes", {"phone": "1" * 33}, "LengthOutOfRange"), ("phone with a tab", {"phone": "1\t2"}, "InvalidText"),
        ("helpUrl empty", {"helpUrl": ""}, "LengthOutOfRange"),
        ("helpUrl of 256 bytes", {"helpUrl": "https://help.example.nl/" + "a" * 232}, "LengthOutOfRange"),
        ("helpUrl with script", {"helpUrl": "javascript:alert(1)"}, "InvalidValue"),
        ("helpUrl without TLS", {"helpUrl": "http://help.example.nl/"}, "InvalidValue"),
        ("helpUrl with a space", {"helpUrl": "https://help.example.nl/a b"}, "InvalidValue"),
        ("helpUrl with a user name", {"helpUrl": "https://help.example.nl@evil.example/"}, "InvalidValue"),
        ("helpUrl not ASCII", {"helpUrl": "https://help.example.nl/é"}, "InvalidValue"),
        ("origin with a slash", {"origin": "https://help.example.nl/"}, "InvalidValue"),
        ("origin with a path", {"origin": "https://help.example.nl/o"}, "InvalidValue"),
        ("origin in capitals", {"origin": "https://Help.example.nl"}, "InvalidValue"),
        ("origin with its default port", {"origin": "https://help.example.nl:443"}, "InvalidValue"),
        ("origin with port 0", {"origin": "https://help.example.nl:0"}, "InvalidValue"),
        ("origin with port 65536", {"origin": "https://help.example.nl:65536"}, "InvalidValue"),
        ("origin with an empty port", {"origin": "https://help.example.nl:"}, "InvalidValue"),
        ("origin with a port written long", {"origin": "https://help.example.nl:08443"}, "InvalidValue"),
        ("origin with a user name", {"origin": "https://a@help.example.nl"}, "InvalidValue"),
        ("origin without TLS", {"origin": "http://help.example.nl"}, "InvalidValue"),
        ("origin of a host that begins like localhost", {"origin": "http://localhost.example.nl:8080"}, "InvalidValue"),
        ("origin localhost with port 80", {"origin": "http://localhost:80"}, "InvalidValue"),
        ("origin of another scheme", {"origin": "wss://help.example.nl"}, "InvalidValue"),
        ("origin with letters outside ASCII", {"origin": "https://hélp.example.nl"}, "InvalidValue"),
        ("origin of 256 bytes", {"origin": "https://" + ".".join(["a" * 60] * 4) + ".nnnn"}, "LengthOutOfRange"),
        ("1,025 denied technicians", None, "LengthOutOfRange"),
        ("denied technician of 31 digits", {"deniedTechnicians": ["a" * 31]}, "LengthOutOfRange"),
        ("denied technician in capitals", {"deniedTechnicians": ["A" * 32]}, "InvalidValue"),
        ("denied technician is a number", {"deniedTechnicians": [1]}, "InvalidValue"),
        ("minimumVersion 0", {"minimumVersion": 0}, "InvalidValue"), ("minimumVersion 256", {"minimumVersion": 256}, "InvalidValue"),
        ("minimumVersion -1", {"minimumVersion": -1}, "InvalidValue"), ("minimumVersion 1.5", {"minimumVersion": 1.5}, "InvalidValue"),
        ("minimumVersion too large for 64 bits", {"minimumVersion": 10**30}, "InvalidValue"),
        ("color without #", {"color": "0b5fff0"}, "InvalidValue"), ("color in capitals", {"color": "#0B5FFF"}, "InvalidValue"),
        ("color of three digits", {"color": "#fff"}, "LengthOutOfRange"), ("color by name", {"color": "#orange"}, "InvalidValue"),
    ]
    for name, changes, error in bad:
        changes = {"deniedTechnicians": ["%032x" % i for i in range(1025)]} if changes is None else changes
        cases.append(document_case(name, signed(**changes), error))
    lone = json.dumps(base_document(displayName="MARK")).replace("MARK", "a\\ud800b").encode()
    cases.append(document_case("displayName with an escaped lone surrogate", signed(payload=lone), "InvalidText"))
    return cases


def key_faults():
    good = spki(ORGANIZATION)
    encode = lambda data: base64.b64encode(data).decode()
    x, y = PUBLIC[1:33], PUBLIC[33:]
    off = p256.spki(b"\4" + x + (int.from_bytes(y, "big") ^ 1).to_bytes(32, "big"))
    bad = [
        ("no key", [], "LengthOutOfRange"), ("three keys", [encode(spki(k)) for k in (ORGANIZATION, NEXT_ORGANIZATION, OTHER_ORGANIZATION)], "LengthOutOfRange"),
        ("the same key twice", [encode(good)] * 2, "InvalidValue"), ("key is a number", [1], "InvalidValue"),
        ("key not base64", ["*" + encode(good)[1:]], "InvalidValue"),
        ("key of 90 bytes", [encode(good[:90])], "LengthOutOfRange"), ("key of 92 bytes", [encode(good + b"\0")], "LengthOutOfRange"),
        ("bare point", [encode(good[26:])], "LengthOutOfRange"),
        ("key of another curve", [encode(good[:22] + b"\x06" + good[23:])], "InvalidValue"),
        ("second key off the curve", [encode(good), encode(off)], "PointInvalid"),
        ("first key off the curve", [encode(off)], "PointInvalid"),
        ("key with a hybrid point", [encode(good), encode(good[:26] + b"\6" + good[27:])], "PointInvalid"),
        ("key of zeros behind the right beginning", [encode(good), encode(good[:27] + bytes(64))], "PointInvalid"),
        ("the signing key stands second", [encode(spki(NEXT_ORGANIZATION)), encode(good)], "SignatureInvalid"),
    ]
    return [document_case("keys: " + name, signed(keys=keys), error) for name, keys, error in bad]


def block_case(name, program, error=None):
    case = {"name": "block: " + name, "kind": "block", "hex": program}
    try:
        found = organization.find_block(program)
    except Refused as refused:
        if refused.name != error:
            raise SystemExit(f"block: {name}: {refused.name}, the case says {error}") from None
        return case | {"error": error}
    if error:
        raise SystemExit(f"block: {name}: not refused, the case says {error}")
    return case | {"signed": found}


def pe_file(table_offset, optional_magic=0x20B, body=b""):
    """As much of a PE file as a reader of the block looks at."""
    directories = 112 if optional_magic == 0x20B else 96
    header = b"MZ" + bytes(0x3A) + (0x40).to_bytes(4, "little") + b"PE\0\0" + bytes(20)
    optional = optional_magic.to_bytes(2, "little") + bytes(directories - 2 + 32)
    optional += table_offset.to_bytes(4, "little") + (8).to_bytes(4, "little") + bytes(88)
    return header + optional + body


def block_cases():
    program, small = b"\x7fELF" + bytes(60), b'{"payload":"","signature":""}'
    added = organization.block(small)
    pe_size = len(pe_file(0))
    pe32_size = len(pe_file(0, 0x10B))
    offset = pe_size + len(added)
    aligned = (offset + 7) // 8 * 8
    table = b"\x08\0\0\0\0\2\2\0"
    c = block_case
    cases = [
        c("at the end of a program", program + organization.block(signed())),
        c("the smallest document", program + added),
        c("nothing else in the file", added),
        c("no block", program), c("empty file", b""), c("magic not at the end", program + added + b"\0"),
        c("magic in small letters", program + small + u32(len(small)) + b"nabijorg"),
        c("two blocks: the last one counts", program + organization.block(b"{}") + added),
        c("of one byte", program + organization.block(b"x")),
        c("magic alone", b"NABIJORG", "Truncated"), c("length cut short", b"\0\0\1NABIJORG", "Truncated"),
        c("length 0", program + u32(0) + b"NABIJORG", "LengthOutOfRange"),
        c("length 65,537", program + bytes(70000) + u32(65537) + b"NABIJORG", "LengthOutOfRange"),
        c("length of all ones", program + u32(2**32 - 1) + b"NABIJORG", "LengthOutOfRange"),
        c("length in the other byte order", program + small + len(small).to_bytes(4, "little") + b"NABIJORG", "LengthOutOfRange"),
        c("length one beyond the start", small + u32(len(small) + 1) + b"NABIJORG", "Truncated"),
        c("PE file without a certificate table", pe_file(0) + added),
        c("PE32+ file with a certificate table behind", pe_file(offset) + added + table),
        c("PE32+ file with alignment in front of the table", pe_file(aligned) + added + bytes(aligned - offset) + table),
        c("PE32 file with a certificate table behind", pe_file(pe32_size + len(added), 0x10B) + added + table),
        c("PE file whose table lies beyond the file", pe_file(2**31) + added),
        c("PE file with eight zero bytes in front of the table", pe_file(offset + 8) + added + bytes(8) + table),
        c("PE file with the block behind the table", pe_file(pe_size) + table + added),
        c("PE header cut off", pe_file(0)[:100] + added),
    ]
    return cases


def consent_cases():
    terms, licence = sha256(b"example terms"), sha256(b"example licence")
    usual = {"termsId": "terms", "termsVersion": "2026-01", "language": "nl", "termsHash": terms, "licenceHash": licence,
             "ticks": 3, "backup": "yes", "time": 1790000000}
    variants = {
        "usual": {}, "English": {"language": "en"}, "language with a country": {"language": "nl-BE"}, "no backup": {"backup": "no"},
        "help with the backup": {"backup": "help"}, "only the terms ticked": {"ticks": 1}, "only the licence ticked": {"ticks": 2},
        "nothing ticked": {"ticks": 0}, "all ticks": {"ticks": 255}, "time zero": {"time": 0}, "largest time": {"time": 2**53 - 1},
        "another version": {"termsVersion": "2026-02"}, "shortest texts": {"termsId": "t", "termsVersion": "1"},
        "longest texts": {"termsId": "t" * 32, "termsVersion": "é" * 16}, "other terms": {"termsHash": sha256(b"other terms")},
        "other licence": {"licenceHash": sha256(b"other licence")},
    }
    cases = []
    for name, changes in variants.items():
        fields = usual | changes
        record = organization.consent_record(*fields.values())
        cases.append({"name": name, "kind": "consent", "fields": fields, "record": record,
                      "hash": organization.consent_hash(record)})
    return cases
