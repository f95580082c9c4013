namespace Nabij.Protocol.Log;

/// <summary>What a server states in a receipt.</summary>
/// <param name="Session">16 bytes: its own number of the run.</param>
/// <param name="SidC">16 bytes: sid_c of the run.</param>
/// <param name="ConsentHash">SHA-256 of the consent record.</param>
/// <param name="Time">Its clock, Unix seconds.</param>
public sealed record ReceiptSubject(ReadOnlyMemory<byte> Session, ReadOnlyMemory<byte> SidC, ReadOnlyMemory<byte> ConsentHash, ulong Time);
