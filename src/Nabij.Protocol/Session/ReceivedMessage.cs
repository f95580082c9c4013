namespace Nabij.Protocol.Session;

/// <summary>A whole message of a channel. The payload is lent until the next record is received.</summary>
public readonly ref struct ReceivedMessage
{
    internal ReceivedMessage(Channel channel, ReadOnlySpan<byte> payload)
    {
        Channel = channel;
        Payload = payload;
        IsWhole = true;
    }

    /// <summary>Whether there is a message: a KEY_UPDATE and a piece that is not the last yield none.</summary>
    public bool IsWhole { get; }

    /// <summary>The channel.</summary>
    public Channel Channel { get; }

    /// <summary>The message's bytes.</summary>
    public ReadOnlySpan<byte> Payload { get; }
}
