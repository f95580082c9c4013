namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// A pixel as its difference to what its neighbors foretell (docs/protocol/05-screen.md, "Literals"): green, then blue and
/// red by their distance to green. One model for each class of surroundings.
/// </summary>
internal sealed class LiteralModel
{
    private const int Channels = 3, Classes = 3, Lengths = 8, Uppers = 3;

    private readonly Probability[] zero = new Probability[Channels * Classes];
    private readonly Probability[] sign = new Probability[Channels];
    private readonly Probability[] length = new Probability[Channels * Classes * Lengths];
    private readonly Probability[] upper = new Probability[Channels * Lengths * Uppers];

    public void Reset()
    {
        zero.AsSpan().Fill(Probability.Even);
        sign.AsSpan().Fill(Probability.Even);
        length.AsSpan().Fill(Probability.Even);
        upper.AsSpan().Fill(Probability.Even);
    }

    /// <summary>Codes a pixel between its west, north and northwest neighbors.</summary>
    public uint Code<TCoder>(ref TCoder coder, uint west, uint north, uint northwest, uint actual)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        int wg = (int)(west >> 8) & 255, ng = (int)(north >> 8) & 255, xg = (int)(northwest >> 8) & 255;
        var foretold = Median(wg, ng, wg + ng - xg);
        var difference = Residual(ref coder, 0, 0, (int)((actual >> 8) & 255) - foretold);
        var green = (foretold + difference) & 255;
        var @class = ClassOf(difference);
        foretold = Beside(green, (int)(west & 255) - wg, (int)(north & 255) - ng, (int)(northwest & 255) - xg);
        difference = Residual(ref coder, 1, @class, (int)(actual & 255) - foretold);
        var blue = (foretold + difference) & 255;
        @class = ClassOf(difference);
        foretold = Beside(green, (int)(west >> 16) - wg, (int)(north >> 16) - ng, (int)(northwest >> 16) - xg);
        difference = Residual(ref coder, 2, @class, (int)(actual >> 16) - foretold);
        var red = (foretold + difference) & 255;
        return (uint)(red << 16 | green << 8 | blue);
    }

    // The difference modulo 256, as -128 to 127.
    private int Residual<TCoder>(ref TCoder coder, int channel, int @class, int difference)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var signed = (int)(sbyte)difference;
        if (coder.Bit(ref zero[channel * Classes + @class], signed == 0 ? 0 : 1) == 0) return 0;
        var isNegative = coder.Bit(ref sign[channel], signed < 0 ? 1 : 0) != 0;
        var magnitude = Magnitude(ref coder, channel, @class, Math.Abs(signed));
        return isNegative ? -magnitude : magnitude;
    }

    private int Magnitude<TCoder>(ref TCoder coder, int channel, int @class, int magnitude)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        const int MostBits = Lengths - 1;
        var bits = System.Numerics.BitOperations.Log2((uint)magnitude | 1);
        var places = (channel * Classes + @class) * Lengths;
        var at = 0;
        while (at < MostBits && coder.Bit(ref length[places + at], at < bits ? 1 : 0) != 0) at++;
        bits = at;
        var result = 1;
        for (var i = 0; i < Math.Min(bits, 2); i++)
        {
            var place = (channel * Lengths + bits) * Uppers + (i == 0 ? 0 : 1 + (result & 1));
            result = (result << 1) | coder.Bit(ref upper[place], (magnitude >> (bits - 1 - i)) & 1);
        }

        return bits > 2 ? (result << (bits - 2)) | coder.EvenBits(bits - 2, magnitude & ((1 << (bits - 2)) - 1)) : result;
    }

    private static int ClassOf(int difference) => difference == 0 ? 0 : difference is >= -2 and <= 2 ? 1 : 2;

    private static int Beside(int green, int west, int north, int northwest) =>
        Math.Clamp(green + Median(west, north, west + north - northwest), 0, 255);

    private static int Median(int a, int b, int c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
