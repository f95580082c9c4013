namespace Nabij.Protocol.Session;

/// <summary>The highest id received from the peer on one channel, as told in R1 and R2.</summary>
public readonly record struct LastMessageId(byte Channel, ulong Id);
