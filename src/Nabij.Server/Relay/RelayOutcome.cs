namespace Nabij.Server.Relay;

/// <summary>What the record of a run keeps: why it ended and how many bytes went which way. Never content.</summary>
internal readonly record struct RelayOutcome(RelayEnd End, long BytesFromHost, long BytesFromViewer);
