namespace Nabij.Protocol.Tests.Vectors;

/// <summary>One run as its messages and the secrets of at least one side.</summary>
internal sealed record ScheduleRun
{
    public required byte[] Secret { get; init; }

    public required byte[] Sid { get; init; }

    public byte[]? ScalarT { get; init; }

    public byte[]? ScalarC { get; init; }

    public required byte[] NonceT { get; init; }

    public required byte[] NonceC { get; init; }

    public required byte[] Message1 { get; init; }

    public required byte[] Message2 { get; init; }

    public required byte[] Message3 { get; init; }

    public required byte[] Message4 { get; init; }
}
