using System.Numerics;

namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// A number from 0 to 65,534: how many bits, then the bits, the first two below the highest adaptive
/// (docs/protocol/05-screen.md, "Numbers").
/// </summary>
internal sealed class GammaModel
{
    private const int MostBits = 15, PlacesPerLength = 3;

    private readonly Probability[] length = new Probability[MostBits];
    private readonly Probability[] upper = new Probability[(MostBits + 1) * PlacesPerLength];

    public void Reset()
    {
        length.AsSpan().Fill(Probability.Even);
        upper.AsSpan().Fill(Probability.Even);
    }

    public int Code<TCoder>(ref TCoder coder, int value) where TCoder : struct, IBitCoder, allows ref struct
    {
        var number = value + 1;
        var bits = BitOperations.Log2((uint)number);
        var at = 0;
        while (at < MostBits && coder.Bit(ref length[at], at < bits ? 1 : 0) != 0) at++;
        bits = at;
        var result = 1;
        for (var i = 0; i < Math.Min(bits, 2); i++)
        {
            var place = bits * PlacesPerLength + (i == 0 ? 0 : 1 + (result & 1));
            result = (result << 1) | coder.Bit(ref upper[place], (number >> (bits - 1 - i)) & 1);
        }

        if (bits > 2) result = (result << (bits - 2)) | coder.EvenBits(bits - 2, number & ((1 << (bits - 2)) - 1));
        return result - 1;
    }
}
