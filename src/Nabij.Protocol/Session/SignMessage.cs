namespace Nabij.Protocol.Session;

/// <summary>Signs these bytes with the technician's key (ECDSA P-256, SHA-256): 64 bytes r || s.</summary>
public delegate byte[] SignMessage(ReadOnlySpan<byte> message);
