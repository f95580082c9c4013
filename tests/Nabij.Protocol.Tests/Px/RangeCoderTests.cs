using Nabij.Protocol.Screen.Px;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Tests.Px;

/// <summary>The range coder of docs/protocol/05-screen.md: what was written is read, at any probability.</summary>
public sealed class RangeCoderTests
{
    [Fact]
    public void Bits_of_any_likelihood_are_read_as_written()
    {
        var random = new SeededRandom(Campaign.Seed);
        var shortest = int.MaxValue;
        for (var turn = 0; turn < 3000; turn++)
        {
            // From nearly always 0 to nearly always 1; long rows of one bit make extreme probabilities and chains of carries.
            var (bits, model) = (new int[1 + random.Below(2000)], new Probability[4]);
            var likelihood = random.Pick([0, 1, 30, 500, 970, 999, 1000]);
            for (var i = 0; i < bits.Length; i++) bits[i] = random.Below(1000) < likelihood ? 1 : 0;
            var evens = random.Below(5);
            model.AsSpan().Fill(Probability.Even);
            var encoder = new RangeEncoder(new byte[1]);
            for (var i = 0; i < bits.Length; i++) Code(ref encoder, model, bits, i, evens);
            var length = encoder.Finish();
            var content = encoder.Buffer.AsSpan(0, length);
            shortest = Math.Min(shortest, content.Length);
            model.AsSpan().Fill(Probability.Even);
            var decoder = new RangeDecoder(content);
            for (var i = 0; i < bits.Length; i++)
                Assert.True(bits[i] == Code(ref decoder, model, bits, i, evens), $"turn {turn} of seed {Campaign.Seed}, bit {i}");
            decoder.RequireEnd();
        }

        Assert.Equal(1, shortest);
    }

    [Fact]
    public void Stream_that_is_too_short_or_too_long_is_refused()
    {
        var random = new SeededRandom(Campaign.Seed);
        for (var turn = 0; turn < 300; turn++)
        {
            var bytes = 20 + random.Below(200);
            var encoder = new RangeEncoder(new byte[1]);
            for (var i = 0; i < bytes; i++) encoder.EvenBits(8, 1 + random.Below(255));
            var length = encoder.Finish();
            var content = encoder.Buffer.AsSpan(0, length).ToArray();
            Assert.Null(End(content));
            Assert.Equal(WireError.Truncated, End(content[..^5]));
            Assert.Equal(WireError.TrailingBytes, End([.. content, 1, 2, 3, 4, 5]));

            WireError? End(byte[] stream)
            {
                var decoder = new RangeDecoder(stream);
                for (var i = 0; i < bytes; i++) decoder.EvenBits(8, 0);
                try
                {
                    decoder.RequireEnd();
                    return null;
                }
                catch (WireFormatException refused)
                {
                    return refused.Error;
                }
            }
        }
    }

    private static int Code<TCoder>(ref TCoder coder, Probability[] model, int[] bits, int i, int evens)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var bit = coder.Bit(ref model[i % model.Length], bits[i]);
        if (evens > 0 && i % 7 < evens) Assert.Equal(i % 32, coder.EvenBits(5, i % 32));
        return bit;
    }
}
