namespace Nabij.Protocol.Session;

/// <summary>What th1 covers, as sent or received.</summary>
internal readonly ref struct RunTranscript
{
    public required ReadOnlySpan<byte> Ci { get; init; }

    public required ReadOnlySpan<byte> Sid { get; init; }

    public required ReadOnlySpan<byte> Message1 { get; init; }

    public required ReadOnlySpan<byte> Message2 { get; init; }
}
