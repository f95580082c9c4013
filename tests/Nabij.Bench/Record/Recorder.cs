using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Nabij.Bench.Clips;
using Nabij.HostCore.Linux;
using Nabij.HostCore.Picture;

namespace Nabij.Bench.Record;

/// <summary>
/// Records a display with the product's own capture: at each tick the damage since the tick before and the rows of blocks
/// that differ. All is kept in memory and written when the time is over, so that the disk does not disturb the programs.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class Recorder : IDisposable
{
    private readonly X11ScreenSource source = new();
    private readonly TimeProvider time;
    private readonly uint[] last;
    private readonly BlockMap damaged;
    private readonly List<ClipFrame> frames = [];
    private readonly List<string> lines = [];

    public Recorder(TimeProvider time)
    {
        this.time = time;
        last = new uint[source.Layout.Width * source.Layout.Height];
        damaged = new BlockMap(source.Layout.Width, source.Layout.Height);
    }

    /// <summary>Records for so long, then writes PREFIX.mkv and PREFIX.txt; returns how many frames differed.</summary>
    public async Task<int> RunAsync(int rate, TimeSpan length, string prefix)
    {
        Capture(rate, length);
        var head = string.Create(CultureInfo.InvariantCulture, $"{source.Layout.Width} {source.Layout.Height} {rate}");
        await File.WriteAllLinesAsync(prefix + ".txt", [head, .. lines]);
        await WriteVideoAsync(rate, prefix + ".mkv");
        return frames.Count;
    }

    public void Dispose() => source.Dispose();

    private void Capture(int rate, TimeSpan length)
    {
        var start = time.GetTimestamp();
        using var alarm = time.CreateTimer(_ => source.Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        source.Capture(damaged);
        damaged.MarkAll();
        TakeFrame(0, TimeSpan.Zero);
        for (var tick = 1; time.GetElapsedTime(start) < length; tick++)
        {
            var due = TimeSpan.FromSeconds((double)tick / rate);
            while (time.GetElapsedTime(start) is var now && now < due)
            {
                alarm.Change(due - now, Timeout.InfiniteTimeSpan);
                if ((source.Wait() & ScreenChanges.Layout) != 0) throw new BenchException("The display changed its size while it was recorded.");
            }
            source.Capture(damaged);
            if (!damaged.IsEmpty) TakeFrame(tick, time.GetElapsedTime(start));
        }
    }

    private void TakeFrame(int tick, TimeSpan at)
    {
        var damage = Rectangles(damaged);
        var bands = new List<Band>();
        var pixels = source.Pixels;
        for (var row = 0; row < damaged.Rows; row++)
            if (damaged.RowHasAny(row) && TakeBand(pixels, row) is { } band) bands.Add(band);
        damaged.Clear();
        if (bands.Count == 0 && frames.Count > 0) return;
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"f {tick} {frames.Count} {at.TotalMilliseconds:0.0} {damage.Count}");
        foreach (var rectangle in damage) line.Append(' ').Append(rectangle);
        lines.Add(line.ToString());
        frames.Add(new ClipFrame(at, damage, bands));
    }

    private Band? TakeBand(PixelView pixels, int row)
    {
        var (top, differs) = (row * BlockMap.BlockSize, frames.Count == 0);
        var height = Math.Min(BlockMap.BlockSize, pixels.Height - top);
        var band = new uint[height * pixels.Width];
        for (var y = 0; y < height; y++)
        {
            var words = band.AsSpan(y * pixels.Width, pixels.Width);
            pixels.Row(top + y).CopyTo(words);
            foreach (ref var word in words) word &= PixelView.ColorMask;
            differs = differs || !words.SequenceEqual(last.AsSpan((top + y) * pixels.Width, pixels.Width));
        }
        if (!differs) return null;
        band.CopyTo(last, top * pixels.Width);
        return new Band(row, band);
    }

    // Runs of blocks, joined with the run above where it is as wide: about what the server reported.
    private static List<Rectangle> Rectangles(BlockMap map)
    {
        const int Side = BlockMap.BlockSize;
        var all = new List<Rectangle>();
        for (var row = 0; row < map.Rows; row++)
        {
            var marks = map.Row(row);
            for (var column = 0; column < marks.Length; column++)
            {
                if (!marks[column]) continue;
                var from = column;
                while (column < marks.Length && marks[column]) column++;
                var run = new Rectangle(from * Side, row * Side, (column - from) * Side, Side);
                var above = all.FindIndex(other => other.X == run.X && other.Width == run.Width && other.Y + other.Height == run.Y);
                if (above < 0) all.Add(run);
                else all[above] = all[above] with { Height = all[above].Height + Side };
            }
        }
        return all;
    }

    private async Task WriteVideoAsync(int rate, string file)
    {
        var (width, height) = (source.Layout.Width, source.Layout.Height);
        using var ffmpeg = Tool.Start("nice",
        [
            "ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr0", "-s", $"{width}x{height}", "-r", $"{rate}", "-i", "-",
            "-c:v", "ffv1", "-level", "3", "-slices", "4", "-g", "1", "-pix_fmt", "bgr0", file,
        ], takesInput: true);
        var screen = new ClipScreen(new Clip(file, width, height, frames));
        var input = ffmpeg.StandardInput.BaseStream;
        foreach (var frame in frames)
        {
            screen.Show(frame, damaged);
            input.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(screen.Words));
        }
        input.Close();
        await ffmpeg.WaitForExitAsync();
        if (ffmpeg.ExitCode != 0) throw new BenchException($"ffmpeg could not write {file}.");
    }
}
