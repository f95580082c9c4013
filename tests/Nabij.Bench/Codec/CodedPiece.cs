namespace Nabij.Bench.Codec;

/// <summary>One piece as it would travel.</summary>
internal readonly record struct CodedPiece(uint Update, bool IsLast, ReadOnlyMemory<byte> Content);
