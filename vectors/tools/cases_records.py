"""records.json: sealing and opening, with one fault each."""

import published
import records
from primitives import sha256
from records import KEY_UPDATE, LAST_SEQUENCE, MAX_SUM, RESUMED, Receiver, Sender
from wire import Refused, u8, u16, u32

CHANNELS = records.PUBLISHED_CHANNELS
TRAFFIC = {"T>C": sha256(b"nabij vectors traffic T>C"), "C>T": sha256(b"nabij vectors traffic C>T")}
REFUSED = "RecordRefused"


def documents():
    cases = published_cases() + open_good() + open_bad() + seal_cases()
    return {"records.json": {"chapter": "03-records", "about": "Records of one direction.", "channels": CHANNELS,
                             "cases": cases}}


def start(direction, epoch=0, sequence=0, total=0, traffic=None, after_resume=False):
    return {"direction": direction, "traffic": traffic or TRAFFIC[direction], "epoch": epoch, "sequence": sequence,
            "sum": total, "afterResume": after_resume}


def side(kind, at):
    more = {"after_resume": at["afterResume"]} if kind is Receiver else {}
    return kind(CHANNELS, at["direction"], at["traffic"], at["epoch"], at["sequence"], at["sum"], **more)


def payload_field(payload):
    if len(payload) > 2000 and len(set(payload)) == 1:
        return {"payloadRepeat": {"byte": payload[:1], "count": len(payload)}}
    return {"payload": payload}


def open_case(name, at, made, error=None, **extra):
    """`made` is a list of records; with an error the last one (or all from `bad_from` on) is refused."""
    receiver, steps = side(Receiver, at), []
    bad_from = extra.pop("bad_from", len(made) - 1)
    for index, record in enumerate(made):
        step = {"hex": record}
        try:
            got = receiver.open(record)
            if got:
                step |= {"channel": got[0]} | payload_field(got[1])
            refused = False
        except Refused as problem:
            step["error"], refused = problem.name, True
        if refused != (error is not None and index >= bad_from):
            raise SystemExit(f"records: {name}: step {index} is refused: {refused}")
        steps.append(step)
    return {"name": name, "kind": "open"} | at | {"steps": steps} | extra


def sealed(at, *parts):
    """Records for parts: (channel, payload), with optional more flag and faults."""
    sender = side(Sender, at)
    return [sender.seal(part[0], part[1], part[2] if len(part) > 2 else False, **(part[3] if len(part) > 3 else {}))
            for part in parts]


def published_cases():
    cases = []
    for direction, secret in (("T>C", published.RS1_1["trafficTC"]), ("C>T", published.RS1_1["trafficCT"])):
        at = start(direction, traffic=bytes.fromhex(secret))
        made = [bytes.fromhex(record) for way, *_, record in published.RS1_2 if way == direction]
        cases.append(open_case(f"RS1 vector 2, {direction}", at, made, source="RS1 vector 2"))
    sends = [(7, "Dag, één moment".encode()), (3, bytes(range(5)))]
    cases.append(seal_case("seal RS1 vector 2, C>T", start("C>T", traffic=bytes.fromhex(published.RS1_1["trafficCT"])),
                           [(c, p, False, 0) for c, p in sends], source="RS1 vector 2"))
    at = start("T>C", traffic=bytes.fromhex(published.RS1_3["trafficTC"]), after_resume=True)
    cases.append(open_case("RS1 vector 3, RESUMED", at, [bytes.fromhex(published.RS1_3_RESUMED)], source="RS1 vector 3"))
    return cases


def open_good():
    tc, ct = start("T>C"), start("C>T")
    text = b"Hello"
    cases = []
    for size in (0, 1, 57, 58, 59, 64, 121, 122, 123):
        cases.append(open_case(f"padded payload of {size} bytes", tc, sealed(tc, (7, b"x" * size))))
    for size in (0, 1, 58, 256):
        cases.append(open_case(f"plain payload of {size} bytes", tc, sealed(tc, (9, b"y" * size))))
    cases.append(open_case("largest record, plain", ct, sealed(ct, (3, b"\x5a" * 65530))))
    cases += [
        open_case("three records in a row", tc, sealed(tc, (7, text), (1, b"abc"), (0, b"\x16"))),
        open_case("two fragments", ct, sealed(ct, (9, b"ab", True), (9, b"cd"))),
        open_case("last fragment empty", ct, sealed(ct, (9, b"ab", True), (9, b""))),
        open_case("fragments of one byte", ct, sealed(ct, *[(9, bytes([i]), i < 4) for i in range(5)])),
        open_case("another channel between fragments", ct,
                  sealed(ct, (9, b"ab", True), (7, text), (3, b"xy", True), (9, b"cd"), (3, b"z"))),
        open_case("message of exactly the largest size in fragments", ct, sealed(ct, (9, b"a" * 200, True), (9, b"b" * 56))),
        open_case("new keys", tc, sealed(tc, (7, text), (0, KEY_UPDATE), (7, text))),
        open_case("new keys twice in a row", tc, sealed(tc, (0, KEY_UPDATE), (0, KEY_UPDATE), (7, text))),
        open_case("new keys between fragments", ct, sealed(ct, (9, b"ab", True), (0, KEY_UPDATE), (9, b"cd"))),
        open_case("control messages are handed out as they are", tc, sealed(tc, (0, b"\x02\x01"), (0, b""), (0, b"\x03"))),
        open_case("epoch 255 wraps to 0", start("T>C", 255), sealed(start("T>C", 255), (0, KEY_UPDATE), (7, text))),
        open_case("all 256 epochs", tc, sealed(tc, *[(0, KEY_UPDATE)] * 256, (7, text))),
    ]
    last = start("T>C", 3, LAST_SEQUENCE)
    before = start("T>C", 3, LAST_SEQUENCE - 1)
    cases += [
        open_case("the record before the last of an epoch", before, sealed(before, (7, text), (0, KEY_UPDATE), (7, text))),
        open_case("the last record of an epoch is KEY_UPDATE", last, sealed(last, (0, KEY_UPDATE), (7, text))),
    ]
    for name, sequence in (("2^8", 2**8), ("2^16", 2**16), ("2^16 + 2^8 - 1", 2**16 + 255)):
        at = start("C>T", 1, sequence)
        cases.append(open_case(f"sequence {name}", at, sealed(at, (7, text))))
    full = start("C>T", 0, 20000, MAX_SUM - 22 - 3)
    cases.append(open_case("sum of exactly 2^30", full, sealed(full, (9, b"abc"))))
    resumed = start("C>T", after_resume=True)
    cases.append(open_case("RESUMED and then others", resumed, sealed(resumed, (0, RESUMED), (7, text))))
    return cases


def flip(byte, bit=0):
    return lambda record: record[:byte % len(record)] + bytes([record[byte % len(record)] ^ 1 << bit]) + record[
        byte % len(record) + 1:]


def open_bad():
    tc, ct = start("T>C"), start("C>T")
    text = b"Hello"
    good = sealed(tc, (7, text))[0]
    cases = []

    def bad(name, at, made, **extra):
        cases.append(open_case(name, at, made, REFUSED, **extra))
    for name, byte, bit in (("type", 0, 0), ("type's top bit", 0, 7), ("epoch", 1, 0), ("epoch's top bit", 1, 7),
                            ("reserved, high", 2, 0), ("reserved, low", 3, 7), ("length, high", 4, 0),
                            ("length, low", 7, 0), ("first byte of the ciphertext", 8, 0), ("channel", 8, 2),
                            ("middle of the ciphertext", 40, 4), ("last byte of the ciphertext", -17, 0),
                            ("first byte of the tag", -16, 7), ("last byte of the tag", -1, 0)):
        bad(f"flipped bit: {name}", tc, [flip(byte, bit)(good)])
    short = sealed(tc, (9, b""))[0]
    bad("empty", tc, [b""])
    bad("header only", tc, [good[:8]])
    bad("shorter than a header", tc, [good[:7]])
    bad("29 bytes", tc, [short[:4] + u32(21) + short[8:29]])
    bad("one byte cut off", tc, [good[:-1]])
    bad("one byte behind", tc, [good + b"\0"])
    bad("two records in one message", tc, [b"".join(sealed(tc, (7, text), (7, text)))])
    bad("length field one less", tc, [good[:4] + u32(len(good) - 9) + good[8:]])
    bad("length field zero", tc, [good[:4] + u32(0) + good[8:]])
    bad("length field of all ones", tc, [good[:4] + u32(2**32 - 1) + good[8:]])
    bad("inner of 65,537 bytes", ct, sealed(ct, (3, b"\x5a" * 65531)))
    bad("length of 21 with an inner of 5 bytes", tc, sealed(tc, (9, b"", False, {"inner": lambda i: i[:5]})))
    bad("no inner at all", tc, sealed(tc, (9, b"", False, {"inner": lambda i: b""})))
    bad("type 0x16", tc, sealed(tc, (7, text, False, {"header": lambda h: b"\x16" + h[1:]})))
    bad("reserved not zero, sealed so", tc, sealed(tc, (7, text, False, {"header": lambda h: h[:2] + b"\0\1" + h[4:]})))
    bad("type 0x16, sealed with the real header", tc, [b"\x16" + good[1:]])
    bad("sealed without AAD", tc, [reseal(tc, aad=b"")])
    bad("another key", tc, sealed(start("T>C", traffic=sha256(b"another")), (7, text)))
    bad("key of the other direction", tc, sealed(start("T>C", traffic=TRAFFIC["C>T"]), (7, text)))
    bad("reflected record of our own", ct, [good], comment="The receiver gets what it sent itself.")
    bad("next epoch without KEY_UPDATE", tc, sealed(start("T>C", 1), (7, text)))
    nxt = side(Sender, tc)
    nxt.update()
    bad("next epoch under its own keys without KEY_UPDATE", tc, [nxt.seal(7, text)])
    first, update, second = sealed(tc, (7, text), (0, KEY_UPDATE), (7, text))
    bad("old epoch after KEY_UPDATE", tc, [first, update, sealed(start("T>C", 0, 2), (7, text))[0]])
    bad("new epoch number under the old keys", tc, [first, update, sealed(start("T>C", 1, 0), (7, text))[0]])
    bad("sequence goes on after KEY_UPDATE", tc, [first, update, after_update(tc, 2)])
    bad("KEY_UPDATE repeated", tc, [first, update, update])
    bad("epoch jumps by two", tc, [update_twice(tc)])
    a, b, c = sealed(tc, (7, b"a"), (7, b"b"), (7, b"c"))
    bad("first record left out", tc, [b])
    bad("record left out", tc, [a, c])
    bad("record repeated", tc, [a, a])
    bad("records swapped", tc, [b, a], bad_from=0)
    bad("first record repeated later", tc, [a, b, a])
    bad("right record after a refused one", tc, [a, flip(-1)(b), b], bad_from=1)
    bad("sequence in the wrong end of the nonce", start("T>C", 0, 1), [wrong_nonce(start("T>C", 0, 1))])
    inner_faults(bad, tc, ct)
    limits(bad)
    return cases


def reseal(at, aad):
    sender = side(Sender, at)
    inner = u8(7) + u8(0) + u32(5) + b"Hello" + bytes(53)
    return u8(0x17) + u8(0) + u16(0) + u32(80) + records.seal(sender.key, sender.nonce(), aad, inner)


def wrong_nonce(at):
    sender = side(Sender, at)
    inner, header = u8(7) + u8(0) + u32(5) + b"Hello" + bytes(53), u8(0x17) + u8(0) + u16(0) + u32(80)
    nonce = bytes([sender.iv[0] ^ at["sequence"]]) + sender.iv[1:]
    return header + records.seal(sender.key, nonce, header, inner)


def after_update(at, sequence):
    sender = side(Sender, at)
    sender.update()
    sender.sequence = sequence
    return sender.seal(7, b"Hello")


def update_twice(at):
    sender = side(Sender, at)
    sender.update()
    sender.update()
    return sender.seal(7, b"Hello")


def inner_faults(bad, tc, ct):
    text = b"Hello"

    def one(name, at, channel, payload, more=False, **faults):
        bad(name, at, sealed(at, (channel, payload, more, faults)))
    one("unknown channel", tc, 2, text)
    one("channel 255", tc, 255, text)
    one("viewer's channel from the host", ct, 1, text)
    one("host's channel from the viewer", tc, 3, text)
    one("flag bit 1", tc, 7, text, flags=2)
    one("flag bit 7", tc, 7, text, flags=0x80)
    one("all flags", ct, 9, text, flags=0xFF)
    one("more fragments on control", tc, 0, b"\x16", more=True)
    one("more fragments on a channel that has none", tc, 1, b"abc", more=True)
    one("more fragments with an empty payload", ct, 9, b"", more=True)
    one("payload longer than the inner by one", tc, 9, text, length=6)
    one("payload length of all ones", tc, 9, text, length=2**32 - 1)
    one("payload length that runs into the padding's end", tc, 7, text, length=59)
    one("payload shorter than the inner, plain channel", tc, 9, text, length=4)
    one("plain channel padded to 64", tc, 9, text, size=64)
    one("plain channel with one zero byte", tc, 9, text, size=12)
    one("padded channel not padded", tc, 7, text, size=11)
    one("padded channel one byte short", tc, 7, text, size=63)
    one("padded channel one byte long", tc, 7, text, size=65)
    one("padded channel one block too many", tc, 7, text, size=128)
    one("padding not zero at its start", tc, 7, text, inner=flip(11))
    one("padding not zero at its end", tc, 7, text, inner=flip(63, 7))
    one("padding of ones", tc, 7, text, pad=b"\1")
    one("message larger than its channel allows", ct, 9, b"a" * 257)
    bad("message too large with its second fragment", ct, sealed(ct, (9, b"a" * 200, True), (9, b"b" * 57)))
    bad("message too large before its last fragment", ct, sealed(ct, (9, b"a" * 200, True), (9, b"b" * 57, True)))
    one("KEY_UPDATE with a byte behind", tc, 0, b"\1\0")
    one("KEY_UPDATE that announces fragments", tc, 0, KEY_UPDATE, flags=1)


def limits(bad):
    text = b"Hello"
    last = start("T>C", 3, LAST_SEQUENCE)
    bad("the last record of an epoch is not KEY_UPDATE", last, sealed(last, (7, text)))
    bad("the last record of an epoch is another control message", last, sealed(last, (0, b"\x16")))
    full = start("C>T", 0, 20000, MAX_SUM - 22 - 2)
    bad("sum of 2^30 + 1", full, sealed(full, (9, b"abc")))
    full = start("T>C", 0, 20000, MAX_SUM - 79)
    bad("KEY_UPDATE counts in the sum", full, sealed(full, (0, KEY_UPDATE)))
    for name, channel, payload in (("a message", 7, text), ("KEEPALIVE", 0, b"\x16"), ("KEY_UPDATE", 0, KEY_UPDATE),
                                   ("CLOSE", 0, b"\2\1"), ("RESUMED with a byte behind", 0, RESUMED + b"\0"),
                                   ("RESUMED on another channel", 7, RESUMED), ("nothing", 0, b"")):
        at = start("T>C", after_resume=True)
        bad(f"first after a resume: {name}", at, sealed(at, (channel, payload)))


def seal_case(name, at, sends, **extra):
    sender, steps = side(Sender, at), []
    for channel, payload, more, seconds in sends:
        made = sender.send(channel, payload, more, seconds)
        steps.append({"channel": channel} | payload_field(payload) | {"more": more, "seconds": seconds, "records": made})
    at = {key: value for key, value in at.items() if key != "afterResume"}
    return {"name": name, "kind": "seal"} | at | {"steps": steps} | extra


def seal_cases():
    tc, ct, text = start("T>C"), start("C>T"), b"Hello"
    one = lambda channel, payload, seconds=0, more=False: (channel, payload, more, seconds)
    cases = [seal_case(f"seal {size} bytes on a padded channel", tc, [one(7, b"x" * size)]) for size in (0, 57, 58, 59)]
    cases += [seal_case(f"seal {size} bytes on a plain channel", tc, [one(9, b"x" * size)]) for size in (0, 58, 256)]
    cases += [
        seal_case("seal the largest payload", ct, [one(3, b"\x5a" * 65530)]),
        seal_case("seal fragments", ct, [one(9, b"ab", more=True), one(7, text), one(9, b"cd")]),
        seal_case("seal CLOSE", tc, [one(0, b"\2\1")]),
        seal_case("seal RESUMED", tc, [one(0, RESUMED)]),
        seal_case("seal after 599 s", tc, [one(7, text, 599)]),
        seal_case("seal after 600 s", tc, [one(7, text, 600), one(7, text, 0)]),
        seal_case("seal the last but two of an epoch", start("T>C", 7, LAST_SEQUENCE - 2), [one(7, text), one(7, text), one(7, text)]),
        seal_case("seal in epoch 255 until it is full", start("C>T", 255, LAST_SEQUENCE - 1), [one(7, text), one(7, text)]),
        seal_case("seal when a full record still fits", start("C>T", 0, 20000, MAX_SUM - 65632 - 25), [one(9, b"abc"), one(9, b"abc")]),
        seal_case("seal when a full record would no longer fit", start("C>T", 0, 20000, MAX_SUM - 65632 - 24), [one(9, b"abc"), one(9, b"abc")]),
    ]
    return cases
