namespace Nabij.Protocol.Session;

/// <summary>One payload that is next to be sealed.</summary>
public readonly record struct ScheduledPiece(Channel Channel, bool HasMore, ReadOnlyMemory<byte> Payload);
