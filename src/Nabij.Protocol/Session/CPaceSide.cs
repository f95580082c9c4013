namespace Nabij.Protocol.Session;

/// <summary>What one side of CPace sent: its share and its associated data, exactly as on the wire.</summary>
internal readonly ref struct CPaceSide(ReadOnlySpan<byte> share, ReadOnlySpan<byte> associatedData)
{
    public ReadOnlySpan<byte> Share { get; } = share;

    public ReadOnlySpan<byte> AssociatedData { get; } = associatedData;
}
