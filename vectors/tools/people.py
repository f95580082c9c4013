"""Reference decoder of chapter 13: fields by name, or Refused."""

from channels import Reader
from wire import refuse_if

PEOPLE = {1: "PEOPLE", 2: "INVITATION", 3: "INVITE", 4: "WITHDRAW", 5: "TAKE_CONTROL", 6: "HALT"}
FROM_HOST = {1, 2}
CODE = 2


def people(data, sender):
    r = Reader(data)
    kind = r.unsigned(1)
    refuse_if(kind not in PEOPLE or (kind in FROM_HOST) != (sender == "host"), "UnknownType")
    name = PEOPLE[kind]
    fields = {"PEOPLE": everybody, "INVITATION": invitation, "INVITE": invite, "WITHDRAW": withdraw}.get(name, lambda _: {})(r)
    r.end()
    return name, fields


def everybody(r):
    fields = {"own": r.unsigned(1), "control": r.unsigned(1), "participants": []}
    for _ in range(r.limited(1, 1, 4)):
        one = {"person": r.limited(1, 1, 255), "role": r.limited(1, 1, 2), "away": r.flag(), "permissions": r.limited(4, 0, 0xFFF),
               "seconds": r.unsigned(4), "name": r.text(1, 64)}
        refuse_if(fields["participants"] and one["person"] <= fields["participants"][-1]["person"], "InvalidValue")
        fields["participants"].append(one)
    persons = [one["person"] for one in fields["participants"]]
    refuse_if(fields["own"] not in persons or fields["control"] not in (0, *persons), "InvalidValue")
    return fields


def invitation(r):
    fields = {"number": r.from_one(), "state": r.limited(1, 1, 10), "seconds": r.unsigned(2), "code": r.text(0, 9)}
    if fields["state"] == CODE:
        refuse_if(len(fields["code"].encode()) != 9, "LengthOutOfRange")
        refuse_if(not all(c in "0123456789" for c in fields["code"]), "InvalidValue")
    else:
        refuse_if(fields["code"] or fields["seconds"], "InvalidValue")
    return fields


def invite(r):
    return {"number": r.from_one(), "purpose": r.limited(1, 1, 2), "name": r.text(1, 64), "reason": r.text(0, 400)}


def withdraw(r):
    return {"number": r.from_one()}
