namespace Nabij.Bench.Codec;

/// <summary>The viewer's side of a replay: the picture as the pieces leave it. One for each codec.</summary>
internal abstract class ReplayDecoder
{
    public abstract void Reset(int width, int height);

    /// <summary>Takes in one piece of the update with this number.</summary>
    public abstract void Decode(ReadOnlySpan<byte> content, uint update, bool isLast);

    /// <summary>One row of the picture, 0x00RRGGBB.</summary>
    public abstract ReadOnlySpan<uint> Row(int y);

    /// <summary>Hash of CHECK over the picture as it is.</summary>
    public abstract ulong Hash(uint update);

    /// <summary>Counts how the blocks of the last piece were coded, where the codec says so.</summary>
    public virtual void CountModes(IDictionary<string, long> counts)
    {
    }
}
