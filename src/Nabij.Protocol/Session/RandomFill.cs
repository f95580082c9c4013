namespace Nabij.Protocol.Session;

/// <summary>Fills memory with random bytes: the system's generator, except in tests of vectors.</summary>
public delegate void RandomFill(Span<byte> destination);
