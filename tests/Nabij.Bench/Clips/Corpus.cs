using System.Globalization;

namespace Nabij.Bench.Clips;

/// <summary>The folder of recorded clips: NAME.mkv (lossless, only frames that differ) and NAME.txt (times and damage).</summary>
internal sealed class Corpus
{
    /// <summary>In the order of the tables.</summary>
    private static readonly string[] Known =
        ["typing", "scrollterm", "scrolltext", "menus", "scrollweb", "switch", "drag", "idle", "video", "cleartype", "office", "fastvideo"];

    private readonly string folder;

    /// <exception cref="BenchException">There is no such folder or no such clip.</exception>
    public Corpus(string folder, IReadOnlyList<string>? only)
    {
        this.folder = folder;
        var there = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.mkv").Select(file => Path.GetFileNameWithoutExtension(file)!).ToHashSet() : [];
        if (there.Count == 0)
            throw new BenchException($"There are no recorded clips in {folder}. Record them with ./dev bench record (ten minutes), or name another folder with --corpus.");
        Names = [.. (only ?? [.. Known.Where(there.Contains), .. there.Except(Known).Order(StringComparer.Ordinal)])];
        if (Names.FirstOrDefault(name => !there.Contains(name)) is { } missing)
            throw new BenchException($"There is no clip '{missing}' in {folder}; there are {string.Join(", ", there.Order(StringComparer.Ordinal))}.");
    }

    public IReadOnlyList<string> Names { get; }

    public string VideoOf(string name) => Path.Combine(folder, name + ".mkv");

    /// <summary>Reads a clip into memory.</summary>
    public Clip Read(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, name + ".txt"));
        var head = lines[0].Split(' ');
        var (width, height) = (int.Parse(head[0], CultureInfo.InvariantCulture), int.Parse(head[1], CultureInfo.InvariantCulture));
        using var video = new LosslessVideoReader(VideoOf(name), width, height);
        var frames = new List<ClipFrame>();
        var (last, damage) = (-1, new List<Rectangle>());
        foreach (var line in lines.Skip(1))
        {
            // f TICK FRAME MILLISECONDS COUNT x,y,width,height ...
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            damage.AddRange(parts.Skip(5).Select(Rectangle.Parse));
            var frame = int.Parse(parts[2], CultureInfo.InvariantCulture);
            if (frame == last) continue;
            last = frame;
            if (!video.TryReadNext()) break;
            damage.AddRange(video.Differing);
            frames.Add(new ClipFrame(TimeSpan.FromMilliseconds(double.Parse(parts[3], CultureInfo.InvariantCulture)), [.. damage], video.Bands));
            damage.Clear();
        }
        if (frames.Count == 0) throw new BenchException($"The clip {VideoOf(name)} holds no frames; record it again with ./dev bench record {name}.");
        return new Clip(name, width, height, frames);
    }
}
