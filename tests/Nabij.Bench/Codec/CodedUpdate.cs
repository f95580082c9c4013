namespace Nabij.Bench.Codec;

/// <summary>What one update took: bytes of all its pieces, and the time until the first and until the last was ready.</summary>
/// <param name="Frame">The step of the clip it shows.</param>
/// <param name="IsRefinement">True when it only makes approximated blocks exact.</param>
/// <param name="Bytes">Content of all pieces.</param>
/// <param name="DecideTime">Finding out what differs and how to code it.</param>
/// <param name="EncodeTime">All of it, deciding included.</param>
/// <param name="Allocated">Bytes allocated on the managed heap.</param>
internal sealed record CodedUpdate(int Frame, bool IsRefinement, int Bytes, TimeSpan DecideTime, TimeSpan EncodeTime, long Allocated);
