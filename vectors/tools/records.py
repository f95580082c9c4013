"""The record layer of chapter 03: one direction's sender and receiver."""

from primitives import derive, open_box, seal
from wire import Refused, number, refuse_if, u8, u16, u32, u64

MAX_INNER = 65536
LAST_SEQUENCE = 2**20 - 1
MAX_SUM = 2**30
MAX_LENGTH_FIELD = MAX_INNER + 16
EPOCH_SECONDS = 600
KEY_UPDATE_LENGTH = 64 + 16
KEY_UPDATE, RESUMED = b"\x01", b"\x03"


def channel(number_, direction, padded, largest, fragmented):
    return {"number": number_, "direction": direction, "padded": padded, "largest": largest, "fragmented": fragmented}


# The table of records.json; channels 0, 3 and 7 are as RS1 vector 2 is given.
PUBLISHED_CHANNELS = [
    channel(0, "both", True, 65530, False),
    channel(1, "T>C", True, 65530, False),
    channel(3, "C>T", False, 70000, True),
    channel(7, "both", True, 1048576, True),
    channel(9, "both", False, 256, True),
]


def padded_length(payload, padded):
    plain = 6 + payload
    return (plain + 63) // 64 * 64 if padded else plain


class Direction:
    """Key, epoch, sequence and sum of one direction."""

    def __init__(self, channels, direction, traffic, epoch=0, sequence=0, total=0):
        self.channels = {c["number"]: c for c in channels}
        self.direction, self.traffic = direction, traffic
        self.epoch, self.sequence, self.total = epoch, sequence, total
        self.load()

    def load(self):
        self.key, self.iv = derive(self.traffic, "key", 32), derive(self.traffic, "iv", 12)

    def nonce(self):
        return self.iv[:4] + u64(number(self.iv[4:]) ^ self.sequence)

    def update(self):
        self.traffic = derive(self.traffic, "next", 32)
        self.epoch, self.sequence, self.total = (self.epoch + 1) % 256, 0, 0
        self.load()


class Sender(Direction):
    def send(self, channel_, payload, more=False, seconds=0):
        """The records that leave for one payload, with a KEY_UPDATE that is due before or behind it."""
        out = [self.seal(0, KEY_UPDATE)] if seconds >= EPOCH_SECONDS else []
        out.append(self.seal(channel_, payload, more))
        if self.sequence == LAST_SEQUENCE or self.total + MAX_LENGTH_FIELD + KEY_UPDATE_LENGTH > MAX_SUM:
            out.append(self.seal(0, KEY_UPDATE))
        return out

    def seal(self, channel_, payload, more=False, **faults):
        """One record. Faults: inner (function), header (function), after (function on the record)."""
        size = padded_length(len(payload), self.channels.get(channel_, {"padded": True})["padded"])
        size = faults.get("size", size)
        inner = u8(channel_) + u8(faults.get("flags", 1 if more else 0)) + u32(faults.get("length", len(payload))) + payload
        inner += faults.get("pad", b"\0") * (size - len(inner))
        inner = faults.get("inner", lambda x: x)(inner)
        header = u8(0x17) + u8(self.epoch) + u16(0) + u32(len(inner) + 16)
        header = faults.get("header", lambda x: x)(header)
        record = header + seal(self.key, self.nonce(), header, inner)
        self.sequence += 1
        self.total += len(inner) + 16
        if channel_ == 0 and payload == KEY_UPDATE:
            self.update()
        return record


class Receiver(Direction):
    def __init__(self, *args, after_resume=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.expects_resumed, self.parts, self.is_dead = after_resume, {}, False

    def open(self, record):
        """(channel, payload) of a whole message, or None. After a refusal nothing opens any more."""
        refuse_if(self.is_dead, "RecordRefused")
        self.is_dead = True
        result = self.open_one(record)
        self.is_dead = False
        return result

    def open_one(self, record):
        if not self.is_acceptable(record):
            raise Refused("RecordRefused")
        inner = open_box(self.key, self.nonce(), record[:8], record[8:])
        refuse_if(inner is None, "RecordRefused")
        self.sequence += 1
        self.total += len(record) - 8
        return self.take(inner)

    def is_acceptable(self, record):
        if len(record) < 30:
            return False
        length = number(record[4:8])
        return (record[0] == 0x17 and record[1] == self.epoch and record[2:4] == b"\0\0"
                and 22 <= length <= MAX_LENGTH_FIELD and length == len(record) - 8 and self.total + length <= MAX_SUM)

    def take(self, inner):
        entry = self.channels.get(inner[0])
        flags, length = inner[1], number(inner[2:6])
        wrong = entry is None or entry["direction"] not in ("both", self.direction) or flags & ~1
        refuse_if(wrong or length > len(inner) - 6, "RecordRefused")
        payload, padding = inner[6:6 + length], inner[6 + length:]
        refuse_if(len(inner) != padded_length(length, entry["padded"]) or any(padding), "RecordRefused")
        more = bool(flags & 1)
        refuse_if(more and (not entry["fragmented"] or not payload), "RecordRefused")
        is_update = inner[0] == 0 and payload[:1] == KEY_UPDATE
        refuse_if(is_update and payload != KEY_UPDATE, "RecordRefused")
        refuse_if(self.sequence > LAST_SEQUENCE and not is_update, "RecordRefused")
        refuse_if(self.expects_resumed and (inner[0], payload) != (0, RESUMED), "RecordRefused")
        self.expects_resumed = False
        if is_update:
            self.update()
            return None
        whole = self.parts.pop(inner[0], b"") + payload
        refuse_if(len(whole) > entry["largest"], "RecordRefused")
        if more:
            self.parts[inner[0]] = whole
            return None
        return inner[0], whole
