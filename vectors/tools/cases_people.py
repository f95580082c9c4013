"""people.json."""

import people
from cases_channels import BAD_TEXTS, case, text
from wire import u8, u16, u32


def documents():
    return {"people.json": {"chapter": "13-participants", "about": "Messages of the people channel.", "cases": people_cases()}}


def one(person=1, role=1, away=0, permissions=0x81, seconds=60, name="Peter"):
    return u8(person) + u8(role) + u8(away) + u32(permissions) + u32(seconds) + text(name)


def everybody(*participants, own=1, control=0, count=None):
    return b"\1" + u8(own) + u8(control) + u8(len(participants) if count is None else count) + b"".join(participants)


def invitation(state, seconds=0, code="", number=1):
    return b"\2" + u32(number) + u8(state) + u16(seconds) + text(code)


def invite(purpose=1, name="Marie", reason="", number=1):
    return b"\3" + u32(number) + u8(purpose) + text(name) + text(reason)


ANNA = one(3, 2, permissions=1, seconds=0, name="Anna")


def people_cases():
    cases = []

    def c(message, name, data, error=None, sender=None):
        sender = sender or ("host" if message in ("PEOPLE", "INVITATION") else "viewer")
        cases.append(case(f"{message}: {name}", message, sender, data, lambda d: people.people(d, sender), error))
    list_cases(c)
    invitation_cases(c)
    invite_cases(c)
    c("WITHDRAW", "first", b"\4" + u32(1))
    c("WITHDRAW", "largest number", b"\4" + u32(2**32 - 1))
    c("WITHDRAW", "number 0", b"\4" + u32(0), "InvalidValue")
    c("WITHDRAW", "cut short", b"\4" + bytes(3), "Truncated")
    c("WITHDRAW", "a byte behind", b"\4" + u32(1) + b"\0", "TrailingBytes")
    for kind, message in ((5, "TAKE_CONTROL"), (6, "HALT")):
        c(message, "alone", u8(kind))
        c(message, "a byte behind", u8(kind) + b"\0", "TrailingBytes")
        c(message, "from the host", u8(kind), "UnknownType", "host")
    c("HALT", "nothing at all", b"", "Truncated")
    for kind in (0, 7, 255):
        c("HALT", f"type {kind}", u8(kind), "UnknownType")
        c("PEOPLE", f"type {kind}", u8(kind), "UnknownType")
    return cases


def list_cases(c):
    c("PEOPLE", "one technician", everybody(one()))
    c("PEOPLE", "everything", everybody(one(away=1, permissions=0xFFF, seconds=2**32 - 1), one(2, name="Marie"), ANNA, one(255, name="é" * 32), own=2, control=255))
    c("PEOPLE", "a relative is told", everybody(one(), ANNA, own=3, control=1))
    c("PEOPLE", "markup", everybody(one(name="<b>&amp;</b> \u202eabc")))
    c("PEOPLE", "nobody", everybody(), "InvalidValue")
    c("PEOPLE", "five", everybody(*[one(n) for n in range(1, 6)]), "InvalidValue")
    c("PEOPLE", "a count of 255", everybody(one(), count=255), "InvalidValue")
    c("PEOPLE", "own is not there", everybody(one(), own=2), "InvalidValue")
    c("PEOPLE", "own is nobody", everybody(one(), own=0), "InvalidValue")
    c("PEOPLE", "control is not there", everybody(one(), control=2), "InvalidValue")
    c("PEOPLE", "person 0", everybody(one(0), one(1)), "InvalidValue")
    c("PEOPLE", "a person twice", everybody(one(), one()), "InvalidValue")
    c("PEOPLE", "persons that fall", everybody(one(2), one(1)), "InvalidValue")
    for role in (0, 3, 255):
        c("PEOPLE", f"role {role}", everybody(one(role=role)), "InvalidValue")
    c("PEOPLE", "away is 2", everybody(one(away=2)), "InvalidValue")
    c("PEOPLE", "a reserved permission", everybody(one(permissions=0x1000)), "InvalidValue")
    c("PEOPLE", "no name", everybody(one(name="")), "LengthOutOfRange")
    c("PEOPLE", "a name of 65 bytes", everybody(one(name="x" * 65)), "LengthOutOfRange")
    c("PEOPLE", "a name cut short", everybody(one())[:-1], "Truncated")
    c("PEOPLE", "fewer than the count", everybody(one(), count=2), "Truncated")
    c("PEOPLE", "more than the count", everybody(one(), one(2), count=1), "TrailingBytes")
    c("PEOPLE", "only a type", b"\1", "Truncated")
    c("PEOPLE", "a line feed", everybody(one(name="a\nb")), "InvalidText")
    for name, bad in BAD_TEXTS:
        c("PEOPLE", name, everybody(one(name=bad)), "InvalidText")
    c("PEOPLE", "from the viewer", everybody(one()), "UnknownType", "viewer")


def invitation_cases(c):
    for state in range(1, 11):
        if state != 2:
            c("INVITATION", f"state {state}", invitation(state))
            c("INVITATION", f"state {state} with seconds", invitation(state, 1), "InvalidValue")
            c("INVITATION", f"state {state} with a code", invitation(state, 0, "417902635"), "InvalidValue")
    c("INVITATION", "a code", invitation(2, 600, "417902635"))
    c("INVITATION", "a code in its last moment, the largest number", invitation(2, 0, "800000000", 2**32 - 1))
    c("INVITATION", "the code is missing", invitation(2, 600), "LengthOutOfRange")
    c("INVITATION", "eight digits", invitation(2, 600, "41790263"), "LengthOutOfRange")
    c("INVITATION", "ten digits", invitation(2, 600, "4179026351"), "LengthOutOfRange")
    c("INVITATION", "a letter in the code", invitation(2, 600, "41790263a"), "InvalidValue")
    c("INVITATION", "digits of another script", invitation(2, 600, "\u0664\u0661\u0667\u0669xxx"[:3] + "123"), "InvalidValue")
    for state in (0, 11, 255):
        c("INVITATION", f"state {state}", invitation(state), "InvalidValue")
    c("INVITATION", "number 0", invitation(1, number=0), "InvalidValue")
    c("INVITATION", "cut short", invitation(2, 600, "417902635")[:-1], "Truncated")
    c("INVITATION", "a byte behind", invitation(1) + b"\0", "TrailingBytes")
    c("INVITATION", "only a type", b"\2", "Truncated")
    c("INVITATION", "from the viewer", invitation(1), "UnknownType", "viewer")


def invite_cases(c):
    c("INVITE", "to come along", invite())
    c("INVITE", "to take over, and why", invite(2, "Marie de Vries", "She knows this printer better than I do", 2**32 - 1))
    c("INVITE", "the longest", invite(1, "é" * 32, "é" * 200))
    for purpose in (0, 3, 255):
        c("INVITE", f"purpose {purpose}", invite(purpose), "InvalidValue")
    c("INVITE", "number 0", invite(number=0), "InvalidValue")
    c("INVITE", "no name", invite(name=""), "LengthOutOfRange")
    c("INVITE", "a name of 65 bytes", invite(name="x" * 65), "LengthOutOfRange")
    c("INVITE", "a reason of 401 bytes", invite(reason="x" * 401), "LengthOutOfRange")
    c("INVITE", "a reason cut short", invite(reason="abc")[:-1], "Truncated")
    c("INVITE", "without reason", invite()[:-2], "Truncated")
    c("INVITE", "only a type", b"\3", "Truncated")
    c("INVITE", "a byte behind", invite() + b"\0", "TrailingBytes")
    c("INVITE", "a line feed in the name", invite(name="a\nb"), "InvalidText")
    c("INVITE", "a line feed in the reason", invite(reason="a\nb"), "InvalidText")
    for name, bad in BAD_TEXTS:
        c("INVITE", name, invite(name=bad), "InvalidText")
    c("INVITE", "from the host", invite(), "UnknownType", "host")
