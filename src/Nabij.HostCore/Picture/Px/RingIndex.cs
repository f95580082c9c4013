namespace Nabij.HostCore.Picture.Px;

/// <summary>Where in the ring of old blocks a content was last put: a table by hash, two places each; never wrong, only forgetful,
/// since the caller compares pixels.</summary>
internal sealed class RingIndex
{
    private const int Bits = 14;

    private readonly ulong[] hashes = new ulong[1 << Bits];
    private readonly int[] blocks = new int[1 << Bits];

    public void Clear() => hashes.AsSpan().Clear();

    /// <summary>The number of the block with this hash, or -1.</summary>
    public int Find(ulong hash)
    {
        var slot = (int)(hash >> (64 - Bits));
        if (hashes[slot] == hash) return blocks[slot];
        return hashes[slot ^ 1] == hash ? blocks[slot ^ 1] : -1;
    }

    public void Put(ulong hash, int block)
    {
        var slot = (int)(hash >> (64 - Bits));
        if (hashes[slot] != 0 && hashes[slot] != hash && hashes[slot ^ 1] == 0) slot ^= 1;
        (hashes[slot], blocks[slot]) = (hash, block);
    }
}
