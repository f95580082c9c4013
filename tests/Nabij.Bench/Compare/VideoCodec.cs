namespace Nabij.Bench.Compare;

/// <summary>A video codec of ffmpeg as a screen sharing program would set it: one thread, no look-ahead, constant quality.</summary>
internal sealed record VideoCodec(string Name, string PixelFormat, params string[] Options)
{
    private static readonly string[] Vp9 =
        ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-crf", "30", "-b:v", "0", "-lag-in-frames", "0", "-tune-content", "screen"];

    // ffmpeg knows speeds to 8 only; the library itself is told 10.
    private static readonly string[] Av1 =
        ["-c:v", "libaom-av1", "-usage", "realtime", "-cpu-used", "8", "-crf", "30", "-b:v", "0", "-lag-in-frames", "0", "-aom-params", "cpu-used=10:tune-content=screen"];

    // Its own default quality: at 30 it is several dB below the others.
    private static readonly string[] X264 = ["-c:v", "libx264", "-tune", "zerolatency", "-crf", "23", "-preset"];

    public static readonly IReadOnlyList<VideoCodec> All =
    [
        new("VP9 4:2:0", "yuv420p", Vp9),
        new("VP9 4:4:4", "yuv444p", Vp9),
        new("AV1 4:2:0", "yuv420p", Av1),
        new("AV1 4:4:4", "yuv444p", Av1),
        new("x264 ultrafast", "yuv420p", [.. X264, "ultrafast"]),
        new("x264 veryfast", "yuv420p", [.. X264, "veryfast"]),
    ];
}
