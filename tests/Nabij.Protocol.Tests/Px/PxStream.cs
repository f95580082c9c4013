namespace Nabij.Protocol.Tests.Px;

/// <summary>One valid stream of codec 2: the pieces of several updates from a start on.</summary>
internal sealed record PxStream(int Width, int Height, IReadOnlyList<PxStreamPiece> Pieces);

/// <summary>A piece, and the hash of all rows of the picture behind it.</summary>
internal sealed record PxStreamPiece(bool IsLast, byte[] Content, ulong Hash);
