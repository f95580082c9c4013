namespace Nabij.Protocol.Session;

/// <summary>What a record held. The payload is lent until the next record is opened.</summary>
public readonly ref struct OpenedRecord
{
    internal OpenedRecord(ChannelRule rule, bool hasMore, ReadOnlySpan<byte> payload)
    {
        Rule = rule;
        HasMore = hasMore;
        Payload = payload;
    }

    /// <summary>The channel.</summary>
    public Channel Channel => (Channel)Rule.Number;

    /// <summary>Whether more pieces of this message follow.</summary>
    public bool HasMore { get; }

    /// <summary>The payload; a KEY_UPDATE has been acted on already.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    internal ChannelRule Rule { get; }
}
