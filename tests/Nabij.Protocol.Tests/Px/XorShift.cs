namespace Nabij.Protocol.Tests.Px;

/// <summary>
/// The generator (xorshift32, 13-17-5) that this campaign shares with the viewer's tests: both languages make the same
/// mutations from the same number. It is no good for anything else.
/// </summary>
internal sealed class XorShift(uint seed)
{
    private uint _state = seed == 0 ? 1 : seed;

    public uint Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return _state;
    }

    /// <summary>A number from 0 to below <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(Next() % (uint)limit);
}
