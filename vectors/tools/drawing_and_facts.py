"""Reference decoders of chapters 11 and 12: fields by name, or Refused."""

from channels import MAX_NUMBER, Reader
from wire import refuse_if

DRAWING = {1: "SPOT", 2: "SPOT_OFF", 3: "BEGIN", 4: "POINTS", 5: "DONE", 6: "UNDO", 7: "CLEAR"}
FACTS = {1: "REQUEST", 2: "FACTS", 3: "WITHHELD"}

# Bytes of the text (0: none), then for each number its width and its limits.
SIZE = (8, 0, MAX_NUMBER)
LIST = {1: (128, []), 2: (128, []), 3: (128, []), 4: (128, [(2, 1, 65535)]), 5: (0, [SIZE, SIZE]), 6: (128, [SIZE, SIZE]),
        7: (0, [(2, 1, 65535), (2, 1, 65535), (2, 25, 1000)]), 8: (0, [(4, 0, 2**32 - 1)]), 9: (64, []), 10: (64, []), 11: (64, []),
        12: (0, [(1, 0, 4)]), 13: (0, [(1, 0, 100), (1, 0, 1)]), 14: (64, [])}
REPEATED, MOST_OF_ONE, MOST_FACTS = {6, 7}, 16, 48
PARTS = {5, 6}  # the second number is a part of the first


def drawing(data):
    r = Reader(data)
    kind = r.unsigned(1)
    refuse_if(kind not in DRAWING, "UnknownType")
    name, fields = DRAWING[kind], {}
    if name == "BEGIN":
        fields = {"shape": r.limited(1, 1, 4), "kept": r.flag()}
    if name in ("SPOT", "BEGIN"):
        fields |= {"x": r.unsigned(2), "y": r.unsigned(2)}
    if name == "POINTS":
        fields["points"] = [{"x": r.unsigned(2), "y": r.unsigned(2)} for _ in range(r.limited(1, 1, 64))]
    r.end()
    return name, fields


def facts(data, sender):
    r = Reader(data)
    kind = r.unsigned(1)
    refuse_if(kind not in FACTS or (kind == 1) != (sender == "viewer"), "UnknownType")
    fields = {"number": r.from_one()}
    if kind == 2:
        fields["facts"] = []
        for _ in range(r.limited(1, 1, MOST_FACTS)):
            fields["facts"].append(fact(r, [one["fact"] for one in fields["facts"]]))
    r.end()
    return FACTS[kind], fields


def fact(r, before):
    number = r.unsigned(1)
    refuse_if(number not in LIST or before and number < before[-1], "InvalidValue")
    refuse_if(before.count(number) >= (MOST_OF_ONE if number in REPEATED else 1), "InvalidValue")
    longest, numbers = LIST[number]
    text = r.text(1, longest) if longest else ""
    values = [r.limited(*limits) for limits in numbers]
    refuse_if(number in PARTS and values[1] > values[0], "InvalidValue")
    return {"fact": number, "text": text, "numbers": values}
