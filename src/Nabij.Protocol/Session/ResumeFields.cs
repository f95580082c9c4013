namespace Nabij.Protocol.Session;

/// <summary>What R1 or R2 says besides its type and MAC.</summary>
internal readonly ref struct ResumeFields
{
    public required ReadOnlySpan<byte> SessionId { get; init; }

    public required uint Generation { get; init; }

    public required ReadOnlySpan<byte> Nonce { get; init; }

    public required ReadOnlySpan<byte> Share { get; init; }

    public required IReadOnlyList<LastMessageId> Ids { get; init; }
}
