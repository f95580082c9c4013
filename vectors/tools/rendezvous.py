"""Reference decoder of chapter 01's JSON messages."""

import json
import re

from wire import Refused, refuse_if

MAX_BYTES = 4096
MAX_NUMBER = 2**53 - 1
SLUG = re.compile(r"[a-z0-9](-?[a-z0-9])*\Z")
LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?\Z")
PLATFORM = re.compile(r"[a-z0-9-]{1,32}\Z")
NAMEPLATE = re.compile(r"([0-7][0-9]{2}|[89][0-9]{3})\Z")
HEX = re.compile(r"[0-9a-f]*\Z")


def decode(data: bytes, receiver: str):
    refuse_if(len(data) > MAX_BYTES, "LengthOutOfRange")
    refuse_if(data.startswith(b"\xef\xbb\xbf"), "InvalidText")

    def pairs(entries):
        names = [name for name, _ in entries]
        refuse_if(len(set(names)) != len(names), "InvalidValue")
        return dict(entries)

    def no_constant(_):
        raise ValueError
    try:
        value = json.loads(data.decode("utf-8", "strict"), object_pairs_hook=pairs, parse_constant=no_constant)
    except ValueError:
        raise Refused("InvalidText") from None
    refuse_if(not isinstance(value, dict), "InvalidValue")
    members = Members(value)
    again = {"waiting": waiting, "rejoined": rejoined, "refused": refused}
    kinds = {"host": {"nameplate": nameplate, "paired": paired_host, **again}, "viewer": {"paired": paired_viewer, **again},
             "server": {"register": register, "join": join, "resume": resume}}[receiver]
    kind = members.text("type", 0, MAX_BYTES)
    refuse_if(kind not in kinds, "UnknownType")
    return kind.upper(), kinds[kind](members)


class Members:
    def __init__(self, value):
        refuse_if(not isinstance(value, dict), "InvalidValue")
        self.value = value

    def text(self, name, least, most, pattern=None):
        value = self.value.get(name)
        refuse_if(not isinstance(value, str), "InvalidValue")
        refuse_if(any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in value), "InvalidText")
        refuse_if(not least <= len(value) <= most or pattern and not pattern.match(value), "InvalidValue")
        return value

    def one_of(self, name, *words):
        value = self.text(name, 1, MAX_BYTES)
        refuse_if(value not in words, "InvalidValue")
        return value

    def hex(self, name, size):
        return self.text(name, 2 * size, 2 * size, HEX)

    def hex_up_to(self, name, most):
        value = self.text(name, 0, 2 * most, HEX)
        refuse_if(len(value) % 2 != 0, "InvalidValue")
        return value

    def number(self, name, most=MAX_NUMBER, least=0):
        value = whole(self.value.get(name), most)
        refuse_if(value < least, "InvalidValue")
        return value

    def falling(self, name, most):
        value = self.value.get(name)
        refuse_if(not isinstance(value, list) or not 1 <= len(value) <= 16, "InvalidValue")
        numbers = [whole(entry, most) for entry in value]
        refuse_if(any(a <= b for a, b in zip(numbers, numbers[1:])), "InvalidValue")
        return numbers


def whole(value, most):
    refuse_if(not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most, "InvalidValue")
    return value


def register(m):
    consent = Members(m.value.get("consent"))
    return {
        "organization": m.text("organization", 1, 40, SLUG), "sidC": m.hex("sidC", 16), "versions": m.falling("versions", 255),
        "suites": m.falling("suites", 65535), "name": m.text("name", 0, 64), "language": m.text("language", 2, 5, LANGUAGE),
        "platform": m.text("platform", 1, 32, PLATFORM), "program": m.text("program", 1, 64),
        "consent": {
            "termsId": consent.text("termsId", 1, 32), "termsVersion": consent.text("termsVersion", 1, 32),
            "language": consent.text("language", 2, 5, LANGUAGE), "termsHash": consent.hex("termsHash", 32),
            "licenceHash": consent.hex("licenceHash", 32), "ticks": consent.number("ticks", 255),
            "backup": consent.one_of("backup", "yes", "no", "help"), "time": consent.number("time")},
        "lease": lease(m), "outcome": m.one_of("outcome", "none", "wrong-code", "broken-off", "declined")}


def lease(m):
    refuse_if("lease" not in m.value, "InvalidValue")
    return None if m.value["lease"] is None else m.hex("lease", 32)


def nameplate(m):
    return {"nameplate": m.text("nameplate", 3, 4, NAMEPLATE), "lease": m.hex("lease", 32), 
            "secretSeconds": m.number("secretSeconds", 3600, 60), "nameplateSeconds": m.number("nameplateSeconds", 86400, 60),
            "time": m.number("time")}


def join(m):
    return {"ticket": m.hex("ticket", 32), "nameplate": m.text("nameplate", 3, 4, NAMEPLATE)}


def paired_host(m):
    return {**paired(m), "receipt": m.hex_up_to("receipt", 512)}


def paired(m):
    return {"session": m.hex("session", 16), "cookie": m.hex("cookie", 80), "resumeSeconds": m.number("resumeSeconds", 900, 60)}


def resume(m):
    return {"session": m.hex("session", 16), "cookie": m.hex("cookie", 80)}


def waiting(m):
    return {"seconds": m.number("seconds", 900, 1)}


def rejoined(m):
    return {"session": m.hex("session", 16)}


def paired_viewer(m):
    return {"sidC": m.hex("sidC", 16), "versions": m.falling("versions", 255), "suites": m.falling("suites", 65535),
            **paired(m)}


def refused(m):
    return {"reason": m.one_of("reason", "unknown", "busy", "limited", "organization", "ticket", "full", "outdated", "unavailable"),
            "retryAfterSeconds": m.number("retryAfterSeconds")}
