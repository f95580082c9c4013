namespace Nabij.Protocol.Screen.Px;

/// <summary>Probabilities of the transform modes (docs/protocol/05-screen.md, "Coefficients").</summary>
internal sealed class TransformModel
{
    /// <summary>Light and color, predicted by neighbors or by motion.</summary>
    public const int Kinds = 4;

    private const int Histories = 4, Positions = 64, Zones = 8, Densities = 3, MagnitudeZones = 4, Magnitudes = 14;

    public readonly Probability[] Any = new Probability[3];
    public readonly GammaModel MotionX = new(), MotionY = new(), Escape = new();
    private readonly Probability[] coded = new Probability[Kinds * Histories];
    private readonly Probability[] last = new Probability[Kinds * Positions];
    private readonly Probability[] significant = new Probability[Kinds * Zones * Densities];
    private readonly Probability[] magnitude = new Probability[Kinds * MagnitudeZones * Magnitudes];
    private readonly int[] history = new int[Kinds];

    public void Reset()
    {
        foreach (var table in (ReadOnlySpan<Probability[]>)[Any, coded, last, significant, magnitude]) table.AsSpan().Fill(Probability.Even);
        MotionX.Reset();
        MotionY.Reset();
        Escape.Reset();
        history.AsSpan().Clear();
    }

    /// <summary>Codes the 64 levels of one 8x8 block, in zigzag order; returns how many lead up to the last that is not zero.</summary>
    public int Code<TCoder>(ref TCoder coder, int kind, scoped Span<int> levels) where TCoder : struct, IBitCoder, allows ref struct
    {
        var end = coder.Decodes ? 0 : levels.LastIndexOfAnyExcept(0) + 1;
        var isCoded = coder.Bit(ref coded[kind * Histories + history[kind]], end > 0 ? 1 : 0);
        history[kind] = (history[kind] << 1 | isCoded) & 3;
        if (isCoded == 0) return 0;
        end = Tree.Code(ref coder, last.AsSpan(kind * Positions, Positions), 6, end - 1) + 1;
        var found = 0;
        for (var at = end - 1; at >= 0; at--)
        {
            var zone = ZoneOf[at];
            if (at < end - 1)
            {
                ref var probability = ref significant[(kind * Zones + zone) * Densities + Math.Min(found, Densities - 1)];
                if (coder.Bit(ref probability, levels[at] != 0 ? 1 : 0) == 0)
                {
                    levels[at] = 0;
                    found = Math.Max(0, found - 1);
                    continue;
                }
            }

            levels[at] = Level(ref coder, kind * MagnitudeZones + zone / 2, levels[at]);
            found += Math.Abs(levels[at]) > 1 ? 2 : 1;
        }

        return end;
    }

    private int Level<TCoder>(ref TCoder coder, int place, int level) where TCoder : struct, IBitCoder, allows ref struct
    {
        var size = Math.Abs(level);
        var count = 0;
        while (count < Magnitudes && coder.Bit(ref magnitude[place * Magnitudes + count], size > count + 1 ? 1 : 0) != 0) count++;
        size = count < Magnitudes ? count + 1 : Magnitudes + 1 + Escape.Code(ref coder, size - Magnitudes - 1);
        return coder.EvenBits(1, level < 0 ? 1 : 0) != 0 ? -size : size;
    }

    private static ReadOnlySpan<byte> ZoneOf =>
    [
        0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6,
        6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
    ];
}
