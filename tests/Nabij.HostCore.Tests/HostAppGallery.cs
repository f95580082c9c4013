using System.Diagnostics;
using System.Runtime.Versioning;
using Nabij.HostApp.Linux;

namespace Nabij.HostCore.Tests;

/// <summary>
/// Takes a picture of every screen, for docs/screens and for people's eyes. Not part of a test run: set
/// NABIJ_GALLERY to a folder and run this class with explicit tests on.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class HostAppGallery
{
    private const string Folder = "NABIJ_GALLERY";
    private const string Chosen = "NABIJ_GALLERY_CHOSEN";
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(1100);

    [Fact(Explicit = true)]
    public async Task Pictures_of_every_screen_in_every_language_and_size()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Folder) is not null, "NABIJ_GALLERY is not set.");
        foreach (var language in new[] { "nl", "en" })
        {
            foreach (var scale in new[] { "1", "2" })
            {
                using var desktop = HostAppDesktop.Start();
                await desktop.RunAsync("/usr/bin/xsetroot", ["-solid", "#4a6b80"], TestContext.Current.CancellationToken);
                var start = HostAppDesktop.With(
                    new ProcessStartInfo(Environment.ProcessPath!, ["--explicit", "only", "--filter-method", "*Show_screens_one_by_one"]), desktop.Display);
                start.Environment["GDK_DPI_SCALE"] = scale;
                start.Environment["NABIJ_GALLERY_LANGUAGE"] = language;
                using var child = Process.Start(start)!;
                await child.WaitForExitAsync(TestContext.Current.CancellationToken);
                Assert.Equal(0, child.ExitCode);
            }
        }
    }

    [Fact(Explicit = true)]
    public async Task Show_screens_one_by_one()
    {
        var language = Environment.GetEnvironmentVariable("NABIJ_GALLERY_LANGUAGE");
        Assert.SkipUnless(language is not null, "Only in the process that the gallery starts.");
        var shell = GtkShell.Open() ?? throw new InvalidOperationException("No display.");
        var thread = new Thread(() => shell.Run());
        thread.Start();
        foreach (var (name, screen) in HostAppSamples.All(language!).Where(sample => IsChosen(sample.Name)))
        {
            await Take(shell, name, () => shell.Show("main", screen));
            shell.Post(() => shell.Close("main"));
        }

        foreach (var (name, bar) in HostAppSamples.Bars(language!).Where(sample => IsChosen(sample.Name)))
            await Take(shell, name, () => shell.ShowBar(bar));
        shell.Quit(0);
        thread.Join();
        shell.Dispose();
    }

    private static bool IsChosen(string name) =>
        Environment.GetEnvironmentVariable(Chosen) is not { } chosen || chosen.Split(',').Contains(name);

    private static async Task Take(GtkShell shell, string name, Action show)
    {
        shell.Post(show);
        await Task.Delay(Settle, TimeProvider.System, TestContext.Current.CancellationToken);
        var size = Environment.GetEnvironmentVariable("GDK_DPI_SCALE") == "2" ? "-large" : string.Empty;
        var path = Path.Combine(
            Environment.GetEnvironmentVariable(Folder)!, $"host-{name}-{Environment.GetEnvironmentVariable("NABIJ_GALLERY_LANGUAGE")}{size}.png");
        using var import = Process.Start("/usr/bin/import", ["-window", "root", "-colors", "128", path]);
        await import.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
