namespace Nabij.Bench.Codec;

/// <summary>How a clip is replayed.</summary>
/// <param name="RefinesDuring">
/// True as in a session: blocks that were still for 150 ms are made exact while the clip goes on. False as in the study
/// (picture.md B3.1): only when it is over.
/// </param>
/// <param name="LineBytesPerSecond">The line that refinement may fill.</param>
internal readonly record struct ReplaySettings(bool RefinesDuring, double LineBytesPerSecond);
