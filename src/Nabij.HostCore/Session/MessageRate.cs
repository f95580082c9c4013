using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Session;

/// <summary>Most records of a kind within one second; more is a breach of the protocol. Reader only.</summary>
internal sealed class MessageRate(int most, TimeProvider time)
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(1);

    private long since = time.GetTimestamp();
    private int count;

    /// <exception cref="WireFormatException">One too many.</exception>
    public void Count()
    {
        if (time.GetElapsedTime(since) >= Span) (since, count) = (time.GetTimestamp(), 0);
        if (++count > most) throw new WireFormatException(WireError.InvalidValue);
    }
}
