namespace Nabij.Protocol.Screen;

/// <summary>
/// One changed block of codec 1: its place in blocks, its size in pixels (less than 16 only at the right and lower edge),
/// its pixels as blue, green, red, rows from the top.
/// </summary>
public readonly record struct Block(int Column, int Row, int Width, int Height, ReadOnlyMemory<byte> Pixels);
