namespace Nabij.Protocol.Facts;

/// <summary>One number of a fact: its bytes on the wire and its limits.</summary>
internal readonly record struct NumberRange(int Bytes, ulong Least, ulong Most);
