using System.Buffers;
using Nabij.Bench.Clips;
using Nabij.HostCore.Picture;

namespace Nabij.Bench.Codec;

/// <summary>
/// Sends one clip through an encoder in virtual time, as ViewerPicture does on a free line: one update for each step, all
/// of its pieces, and refinement between the steps as far as the line has room. Subscribers see each piece and each whole
/// update as it comes out.
/// </summary>
internal sealed class Replay : IDisposable
{
    /// <summary>A refinement is a piece that still lets input pass.</summary>
    private const int RefinementBytes = 16 * 1024;
    private const int LongestRefinements = 100_000;

    private readonly Clip clip;
    private readonly IVideoEncoder encoder;
    private readonly ReplaySettings settings;
    private readonly ClipScreen screen;
    private readonly BlockMap pending, nothing;
    private readonly ArrayBufferWriter<byte> content = new(32 * 1024 * 1024);
    private TimeSpan now;
    private uint update;
    private int frame;

    public Replay(Clip clip, IVideoEncoder encoder, ReplaySettings settings)
    {
        this.clip = clip;
        this.encoder = encoder;
        this.settings = settings;
        screen = new ClipScreen(clip);
        pending = new BlockMap(clip.Width, clip.Height);
        nothing = new BlockMap(clip.Width, clip.Height);
        encoder.Reset(clip.Width, clip.Height);
    }

    /// <summary>Each piece; its content holds only during the call.</summary>
    public Action<CodedPiece>? PieceCoded { get; set; }

    /// <summary>Each update after its last piece; the map marks the blocks that it may have changed.</summary>
    public Action<CodedUpdate>? UpdateCoded { get; set; }

    /// <summary>The blocks of the update that really differ, before its first piece.</summary>
    public Action<BlockMap>? UpdateBegun { get; set; }

    public PixelView Pixels => screen.Pixels;

    /// <summary>How long after the last step the picture was exact, on the line of the settings.</summary>
    public TimeSpan ExactAfter { get; private set; }

    public void Run()
    {
        pending.MarkAll();
        for (frame = 0; frame < clip.Frames.Count; frame++)
        {
            if (settings.RefinesDuring) RefineUntil(clip.Frames[frame].At);
            now = clip.Frames[frame].At;
            screen.Show(clip.Frames[frame], pending);
            SendUpdate();
        }
        frame--;
        var end = now;
        RefineUntil(TimeSpan.MaxValue);
        ExactAfter = now - end;
    }

    public void Dispose() => encoder.Dispose();

    private void SendUpdate()
    {
        var (allocated, start) = (GC.GetAllocatedBytesForCurrentThread(), ThreadClock.Now);
        var count = encoder.Begin(screen.Pixels, pending, now);
        var decided = ThreadClock.Now - start;
        if (count == 0) return;
        update++;
        UpdateBegun?.Invoke(pending);
        var goals = new PieceGoals(PictureQuality.Fine, null);
        var (bytes, encoded) = (0, decided);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        while (!pending.IsEmpty)
        {
            content.ResetWrittenCount();
            var (before, piece) = (GC.GetAllocatedBytesForCurrentThread(), ThreadClock.Now);
            var any = encoder.EncodePiece(screen.Pixels, pending, goals, content);
            encoded += ThreadClock.Now - piece;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            if (!any) break;
            bytes += content.WrittenCount;
            PieceCoded?.Invoke(new CodedPiece(update, pending.IsEmpty, content.WrittenMemory));
        }
        pending.Clear();
        UpdateCoded?.Invoke(new CodedUpdate(frame, IsRefinement: false, bytes, decided, encoded, allocated));
    }

    private void RefineUntil(TimeSpan end)
    {
        for (var i = 0; i < LongestRefinements; i++)
        {
            if (encoder.UntilRefinement(now) is not { } wait || now + wait >= end) return;
            now += wait;
            content.ResetWrittenCount();
            var (allocated, start) = (GC.GetAllocatedBytesForCurrentThread(), ThreadClock.Now);
            var any = encoder.EncodeRefinement(now, nothing, null, RefinementBytes, content);
            var encoded = ThreadClock.Now - start;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (!any) throw new BenchException($"{clip.Name}: the encoder says that a refinement is due and then codes none.");
            update++;
            PieceCoded?.Invoke(new CodedPiece(update, IsLast: true, content.WrittenMemory));
            UpdateCoded?.Invoke(new CodedUpdate(frame, IsRefinement: true, content.WrittenCount, TimeSpan.Zero, encoded, allocated));
            now += TimeSpan.FromSeconds(content.WrittenCount / settings.LineBytesPerSecond);
        }
        throw new BenchException($"{clip.Name}: refinement does not come to an end.");
    }
}
