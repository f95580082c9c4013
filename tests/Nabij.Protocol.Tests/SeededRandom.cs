namespace Nabij.Protocol.Tests;

/// <summary>A small generator (SplitMix64) whose seed a failing test prints, so that the failure comes again.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9e3779b97f4a7c15;
        var value = _state;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }

    /// <summary>A number from 0 to below <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    public void Fill(Span<byte> bytes)
    {
        foreach (ref var one in bytes)
            one = (byte)Next();
    }

    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];
}
