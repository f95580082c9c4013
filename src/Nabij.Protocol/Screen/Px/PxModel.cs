namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// Everything that both sides learn while they code (docs/protocol/05-screen.md, "Model"). It lives from one layout to the
/// next.
/// </summary>
internal sealed class PxModel
{
    /// <summary>Entries of the large table of colors by nine neighbors, and of the small one by three.</summary>
    public const int WideBits = 18, NarrowBits = 14;

    public const int Gradients = 8;

    private const int RunContexts = 64, ModeBits = 4, Modes = 16, RowBits = 10, StepBits = 6;

    public readonly Probability[] FirstRow = new Probability[1 << RowBits], RowCount = new Probability[1 << RowBits];
    public readonly Probability[] Step = new Probability[1 << StepBits];
    public readonly Probability[] VectorCount = new Probability[8];
    public readonly Probability[] RowAny = new Probability[2];
    public readonly Probability[] SameAsLeft = new Probability[Modes * Modes], SameAsUpper = new Probability[Modes * Modes];
    public readonly Probability[] Mode = new Probability[Modes << ModeBits];
    public readonly Probability[] PredictedRun = new Probability[RunContexts], FlatRun = new Probability[RunContexts];
    public readonly Probability[] Wide = new Probability[64], Narrow = new Probability[32];
    public readonly Probability[] Candidate = new Probability[16], Cached = new Probability[4], CacheIndex = new Probability[256];
    public readonly GammaModel VectorX = new(), VectorY = new(), PredictedLength = new(), FlatLength = new();
    public readonly LiteralModel Literal = new();
    public readonly LiteralModel[] Photo = new LiteralModel[Gradients];
    public readonly TransformModel Transform = new();

    /// <summary>Color in the lower 24 bits, confidence above.</summary>
    public readonly uint[] WideColors = new uint[1 << WideBits], NarrowColors = new uint[1 << NarrowBits];
    public readonly uint[] CachedColors = new uint[256];

    public Probability SameVectors, NextInRing;
    public int PredictedHistory, FlatHistory, WideHistory, NarrowHistory, CachedHistory;

    public PxModel()
    {
        for (var i = 0; i < Photo.Length; i++) Photo[i] = new LiteralModel();
    }

    public void Reset()
    {
        ReadOnlySpan<Probability[]> tables =
        [
            FirstRow, RowCount, Step, VectorCount, RowAny, SameAsLeft, SameAsUpper, Mode, PredictedRun, FlatRun, Wide, Narrow,
            Candidate, Cached, CacheIndex,
        ];
        foreach (var table in tables) table.AsSpan().Fill(Probability.Even);
        VectorX.Reset();
        VectorY.Reset();
        PredictedLength.Reset();
        FlatLength.Reset();
        Literal.Reset();
        foreach (var model in Photo) model.Reset();
        Transform.Reset();
        WideColors.AsSpan().Clear();
        NarrowColors.AsSpan().Clear();
        CachedColors.AsSpan().Clear();
        SameVectors = NextInRing = Probability.Even;
        PredictedHistory = FlatHistory = WideHistory = NarrowHistory = CachedHistory = 0;
    }
}
