namespace Nabij.Bench.Compare;

/// <summary>What a peer made of a clip.</summary>
/// <param name="Peer">Its name in the table.</param>
/// <param name="Bytes">All bytes after the first frame.</param>
/// <param name="CpuMilliseconds">Processor time for each frame.</param>
/// <param name="ColorPsnr">Of all frames in RGB, dB; infinite when exact, NaN when it was not taken.</param>
/// <param name="Frames">Frames or updates that came out.</param>
internal sealed record PeerResult(string Peer, long Bytes, double CpuMilliseconds, double ColorPsnr, int Frames);
