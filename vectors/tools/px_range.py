"""Codec 2 of chapter 05: range coder, probabilities and numbers, for both directions.

Every method codes the value it is given when the coder writes, and gives the value it read when the coder reads (what it is
given then is None and is not looked at). Probabilities lie in the model, a dict by name and index that lives as long as a layout.
"""

from wire import Refused, refuse_if

FULL = 2**32


class Stop(Exception):
    """A piece that is wrong on purpose ends here."""


class Coder:
    writing = False

    def __init__(self, model):
        self.model = model

    def code(self, bound, bit):
        """One bit with the part `bound` of the range for 0; None = the even half."""
        raise NotImplementedError

    def bit(self, name, index, bit=None):
        pair = self.model.setdefault((name, index), [32768, 32768])
        bit = self.code((pair[0] + pair[1]) // 2, bit)
        if bit:
            pair[0] -= pair[0] >> 4
            pair[1] -= pair[1] >> 7
        else:
            pair[0] += (65536 - pair[0]) >> 4
            pair[1] += (65536 - pair[1]) >> 7
        return bit

    def even(self, bit=None):
        return self.code(None, bit)

    def even_bits(self, count, value=None):
        result = 0
        for place in reversed(range(count)):
            result = result * 2 + self.even(digit(value, place))
        return result

    def recent(self, name, index, bit=None):
        """A bit with name[4 index + h], h being the last two of these bits."""
        h = self.model.get(("h", name), 0)
        bit = self.bit(name, 4 * index + h, bit)
        self.model["h", name] = (2 * h + bit) % 4
        return bit

    def tree(self, name, bits, value=None, base=0):
        at = 1
        for place in reversed(range(bits)):
            at = at * 2 + self.bit(name, base + at, digit(value, place))
        return at - 2**bits

    def ones(self, name, base, most, value=None):
        """A number as that many ones and a closing zero, which is left out after `most` ones."""
        count = 0
        while count < most and self.bit(name, base + count, None if value is None else int(count < value)):
            count += 1
        return count

    def lower_bits(self, name, base, count, value=None):
        """`count` bits below a highest one: the first two have probabilities."""
        result, first = 1, 0
        for place in reversed(range(count)):
            done = count - 1 - place
            if done == 0:
                bit = first = self.bit(name, base, digit(value, place))
            elif done == 1:
                bit = self.bit(name, base + 1 + first, digit(value, place))
            else:
                bit = self.even(digit(value, place))
            result = result * 2 + bit
        return result

    def gamma(self, name, value=None):
        above = None if value is None else value + 1
        bits = self.ones(name + ".length", 0, 15, None if value is None else above.bit_length() - 1)
        return self.lower_bits(name + ".upper", 3 * bits, bits, above) - 1

    def signed(self, name, value=None):
        v = self.gamma(name, None if value is None else 2 * value if value >= 0 else -2 * value - 1)
        return -(v + 1) // 2 if v % 2 else v // 2


def digit(value, place):
    return None if value is None else value >> place & 1


class Writer(Coder):
    """`wrong`: a name and a number; the first gamma number of that name is written so, and the piece ends there."""

    writing = True

    def __init__(self, model, wrong=None):
        super().__init__(model)
        self.low, self.range, self.out, self.wrong = 0, FULL - 1, bytearray(), wrong

    def code(self, p, bit):
        bound = self.range // 2 if p is None else (self.range >> 16) * p
        if bit:
            self.low += bound
        if p is None or not bit:
            self.range = bound
        else:
            self.range -= bound
        while self.range < 2**24:
            self.range *= 256
            self.give_out()
        return int(bit)

    def gamma(self, name, value=None):
        if self.wrong and self.wrong[0] == name:
            super().gamma(name, self.wrong[1])
            raise Stop
        return super().gamma(name, value)

    def give_out(self):
        if self.low >= FULL:
            at = len(self.out) - 1
            while self.out[at] == 255:
                self.out[at] = 0
                at -= 1
            self.out[at] += 1
        self.out.append(self.low >> 24 & 255)
        self.low = self.low % 2**24 * 256

    def end(self):
        ends = [-(-self.low // unit) * unit for unit in (2**32, 2**24, 2**16, 2**8)]
        self.low = next(end for end in ends if end < self.low + self.range)
        for _ in range(4):
            self.give_out()
        self.trimmed = 0
        while self.trimmed < 4 and self.out[-1] == 0 and len(self.out) > 1:
            del self.out[-1]
            self.trimmed += 1
        return bytes(self.out)


class Reader(Coder):
    """`late`: a stream that ran out is found at the end only, the latest that the chapter allows."""

    def __init__(self, model, content, late=False):
        super().__init__(model)
        self.content, self.at, self.range, self.late = content, 0, FULL - 1, late
        self.number = 0
        for _ in range(4):
            self.take_in()

    def take_in(self):
        refuse_if(self.at >= len(self.content) + 4 and not self.late, "Truncated")
        self.number = self.number * 256 + (self.content[self.at] if self.at < len(self.content) else 0)
        self.at += 1

    def code(self, p, bit):
        bound = self.range // 2 if p is None else (self.range >> 16) * p
        bit = int(self.number >= bound)
        if bit:
            self.number -= bound
        self.range = bound if p is None or not bit else self.range - bound
        while self.range < 2**24:
            self.range *= 256
            self.take_in()
        return bit

    def end(self):
        refuse_if(self.at > len(self.content) + 4, "Truncated")
        refuse_if(self.at < len(self.content), "TrailingBytes")


__all__ = ["Coder", "Reader", "Refused", "Stop", "Writer"]
