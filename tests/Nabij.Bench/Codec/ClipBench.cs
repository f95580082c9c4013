using Nabij.Bench.Clips;

namespace Nabij.Bench.Codec;

/// <summary>
/// Measures one clip in three kinds of passes: one that checks every update, passes that only encode (for time and
/// allocations: each frame counts with its quickest pass), passes that only decode. All must give the same bytes.
/// </summary>
internal sealed class ClipBench(Clip clip, PictureCodec codec, double lineBytesPerSecond)
{
    private readonly List<CodedPiece> pieces = [];
    private readonly List<CodedUpdate> updates = [];
    private readonly Dictionary<string, long> modes = new(StringComparer.Ordinal);
    private readonly ReplaySettings asInSession = new(RefinesDuring: true, lineBytesPerSecond);
    private TimeSpan exactAfter;

    public ClipReport Run(int passes)
    {
        var check = Check();
        var moving = MovingBytes();
        var encoded = updates.ToArray();
        double[]? decoded = null;
        for (var pass = 0; pass < passes; pass++)
        {
            EncodeAgain(encoded);
            var times = DecodeAgain();
            decoded = decoded is null ? times : [.. decoded.Zip(times, Math.Min)];
        }
        return Report(check, moving, encoded, decoded!);
    }

    private PictureCheck Check()
    {
        using var encoder = codec.CreateEncoder();
        using var replay = new Replay(clip, encoder, asInSession);
        var decoder = codec.CreateDecoder();
        decoder.Reset(clip.Width, clip.Height);
        var check = new PictureCheck(clip, decoder);
        replay.UpdateBegun = check.Begin;
        replay.PieceCoded = piece =>
        {
            pieces.Add(piece with { Content = piece.Content.ToArray() });
            decoder.Decode(piece.Content.Span, piece.Update, piece.IsLast);
            if (updates.Count > 0) decoder.CountModes(modes);
        };
        replay.UpdateCoded = update =>
        {
            updates.Add(update);
            check.RequireSame(encoder, update.Frame);
            if (update is { IsRefinement: false, Frame: > 0 }) check.Measure(replay.Pixels, update.Frame);
        };
        replay.Run();
        check.RequireExact(replay.Pixels);
        exactAfter = replay.ExactAfter;
        return check;
    }

    private long MovingBytes()
    {
        if (!updates.Exists(update => update.IsRefinement)) return updates.Skip(1).Sum(update => (long)update.Bytes);
        using var encoder = codec.CreateEncoder();
        using var replay = new Replay(clip, encoder, asInSession with { RefinesDuring = false });
        var bytes = 0L;
        replay.UpdateCoded = update => bytes += update is { IsRefinement: false, Frame: > 0 } ? update.Bytes : 0;
        replay.Run();
        return bytes;
    }

    private void EncodeAgain(CodedUpdate[] best)
    {
        using var encoder = codec.CreateEncoder();
        using var replay = new Replay(clip, encoder, asInSession);
        var index = 0;
        replay.UpdateCoded = update =>
        {
            var other = best[index];
            if (update.Bytes != other.Bytes) throw new BenchException($"{clip.Name}, update {index}: {update.Bytes} bytes, {other.Bytes} before. The encoder is not deterministic.");
            best[index++] = update with
            {
                EncodeTime = Least(update.EncodeTime, other.EncodeTime),
                DecideTime = Least(update.DecideTime, other.DecideTime),
                Allocated = Math.Min(update.Allocated, other.Allocated),
            };
        };
        GC.Collect();
        replay.Run();
    }

    private double[] DecodeAgain()
    {
        var decoder = codec.CreateDecoder();
        decoder.Reset(clip.Width, clip.Height);
        var times = new double[updates.Count];
        GC.Collect();
        foreach (var piece in pieces)
        {
            var start = ThreadClock.Now;
            decoder.Decode(piece.Content.Span, piece.Update, piece.IsLast);
            times[piece.Update - 1] += (ThreadClock.Now - start).TotalMilliseconds;
        }
        return times;
    }

    private ClipReport Report(PictureCheck check, long moving, CodedUpdate[] encoded, double[] decoded)
    {
        var last = clip.Frames.Count - 1;
        var (inClip, all) = (encoded.Skip(1).Where(update => !update.IsRefinement).ToArray(), encoded.Skip(1).ToArray());
        var lastMoving = Array.FindLastIndex(encoded, update => !update.IsRefinement);
        var counted = (double)modes.Values.Sum();
        return new ClipReport
        {
            Clip = clip.Name,
            Frames = clip.Frames.Count,
            FirstFrameBytes = encoded[0].Bytes,
            UpdateBytes = inClip.Sum(update => (long)update.Bytes),
            RefinementBytes = encoded.Take(lastMoving).Where(update => update.IsRefinement).Sum(update => (long)update.Bytes),
            EndBytes = encoded.Skip(lastMoving + 1).Sum(update => (long)update.Bytes),
            MovingBytes = moving,
            ExactAfter = exactAfter,
            Bytes = Percentiles.Of(inClip.Select(update => (double)update.Bytes)),
            EncodeMilliseconds = Percentiles.Of(inClip.Select(update => update.EncodeTime.TotalMilliseconds)),
            DecideMilliseconds = Percentiles.Of(inClip.Select(update => update.DecideTime.TotalMilliseconds)),
            DecodeMilliseconds = Percentiles.Of(decoded.Where((_, i) => i > 0 && !encoded[i].IsRefinement)),
            FirstEncodeMilliseconds = encoded[0].EncodeTime.TotalMilliseconds,
            AllocatedPerFrame = all.Length == 0 ? 0 : all.Average(update => (double)update.Allocated),
            ApproximatedShare = (double)check.ApproximatedBlocks / Math.Max(1, check.ChangedBlocks),
            LumaPsnr = check.LumaPsnr,
            ColorPsnr = check.ColorPsnr,
            WorstBlock = check.Worst,
            Modes = modes.ToDictionary(pair => pair.Key, pair => 100 * pair.Value / counted),
        };
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
