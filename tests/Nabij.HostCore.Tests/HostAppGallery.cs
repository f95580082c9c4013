using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Nabij.HostApp.Linux;
using Nabij.HostApp.Screens;

namespace Nabij.HostCore.Tests;

/// <summary>
/// Shows screens one after the other on a real desktop and takes a picture of each once it stands still. Runs as a child
/// of the tests (<see cref="HostAppChild"/>); prints a line for each picture: its name, and how far its window goes
/// beyond the display, in pixels.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class HostAppGallery
{
    public const string Language = "NABIJ_GALLERY_LANGUAGE";
    public const string Folder = "NABIJ_GALLERY";
    public const string Chosen = "NABIJ_GALLERY_CHOSEN";
    public const string Scale = "GDK_DPI_SCALE";
    public const int Width = 1280, Height = 900;

    // Equal pictures in a row, long enough for guarded presses to answer, and the most that are taken: what moves for
    // ever has to be taken while it moves.
    private const int StillAfter = 8, MostTries = 16;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(120);

    /// <summary>Every sample of that language: its name, and what shows it.</summary>
    public static IEnumerable<(string Name, Action<GtkShell> Show)> Samples(string language) =>
        HostAppSamples.All(language).Select(sample => (sample.Name, (Action<GtkShell>)(shell => ShowScreen(shell, sample.Screen))))
            .Concat(HostAppSamples.Bars(language).Select(sample => (sample.Name, (Action<GtkShell>)(shell => shell.ShowBar(sample.Bar)))));

    public static string FileOf(string name, string language, bool isLarge) => $"host-{name}-{language}{(isLarge ? "-large" : string.Empty)}.png";

    public static void Run(GtkShell shell)
    {
        var language = Environment.GetEnvironmentVariable(Language)!;
        var isLarge = Environment.GetEnvironmentVariable(Scale) == "2";
        var folder = Environment.GetEnvironmentVariable(Folder)!;
        var chosen = Environment.GetEnvironmentVariable(Chosen)!.Split(',').ToHashSet(StringComparer.Ordinal);
        var desktop = Path.Combine(folder, $".empty-{language}-{isLarge}.xwd");
        var empty = Capture(desktop);
        File.Delete(desktop);
        foreach (var (name, show) in Samples(language).Where(sample => chosen.Contains(sample.Name)))
        {
            shell.Post(() => show(shell));
            TakeWhenStill(Path.Combine(folder, FileOf(name, language, isLarge)), empty);
            Console.WriteLine($"{name} {Beyond()}");
            shell.Post(() => Clear(shell));
        }
    }

    private static void ShowScreen(GtkShell shell, Screen screen)
    {
        shell.Show("main", screen);
        if (screen.Id == "displays")
            shell.ShowNumbers([.. HostAppSamples.Displays.Select(display => display.Area)]);
    }

    private static void Clear(GtkShell shell)
    {
        shell.Close("main");
        shell.ShowNumbers([]);
        shell.ShowBar(null);
    }

    // How far a window goes beyond the display, frame not counted: nothing of it may be out of reach.
    private static int Beyond()
    {
        var start = new ProcessStartInfo("/usr/bin/xdotool", ["search", "--onlyvisible", "--class", "nabij", "getwindowgeometry", "--shell", "%@"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var xdotool = Process.Start(start)!;
        var beyond = 0;
        var values = new Dictionary<string, int>(StringComparer.Ordinal);
        while (xdotool.StandardOutput.ReadLine() is { } line)
        {
            if (line.Split('=') is not [var name, var text] || !int.TryParse(text, CultureInfo.InvariantCulture, out var value))
                continue;
            values[name] = value;
            if (name == "HEIGHT")
                beyond = new[] { beyond, -values["X"], -values["Y"], values["X"] + values["WIDTH"] - Width, values["Y"] + value - Height }.Max();
        }

        xdotool.WaitForExit();
        return beyond;
    }

    private static void TakeWhenStill(string path, byte[] empty)
    {
        var raw = path + ".xwd";
        byte[] before = [];
        var equal = 0;
        using var pause = new ManualResetEventSlim();
        for (var tries = 0; equal < StillAfter && tries < MostTries; tries++)
        {
            pause.Wait(BetweenTries); // no call tells when a window is drawn
            var picture = Capture(raw);
            equal = picture.AsSpan().SequenceEqual(before) && !picture.AsSpan().SequenceEqual(empty) ? equal + 1 : 0;
            before = picture;
        }

        Run("/usr/bin/convert", ["xwd:" + raw, "+dither", "-colors", "48", "-strip", "-define", "png:compression-level=9", "-define", "png:exclude-chunks=date,time", path]);
        File.Delete(raw);
    }

    private static byte[] Capture(string path)
    {
        Run("/usr/bin/xwd", ["-silent", "-root", "-out", path]);
        return File.ReadAllBytes(path);
    }

    private static void Run(string program, string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
    }
}
