namespace Nabij.Bench.Clips;

/// <summary>The pixels of one row of blocks, the whole width of the screen, 0x00RRGGBB.</summary>
internal readonly record struct Band(int Row, uint[] Pixels);
