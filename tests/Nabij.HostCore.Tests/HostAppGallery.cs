using System.Diagnostics;
using System.Runtime.Versioning;

namespace Nabij.HostCore.Tests;

/// <summary>
/// Takes a picture of every screen, in every language and at both sizes of type, for docs/screens and people's eyes:
/// NABIJ_WINDOWS_CHILD=gallery NABIJ_GALLERY=FOLDER [NABIJ_GALLERY_CHOSEN=code,terms] and this test program.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class HostAppGallery
{
    public const string Language = "NABIJ_GALLERY_LANGUAGE";
    private const string Folder = "NABIJ_GALLERY";
    private const string Chosen = "NABIJ_GALLERY_CHOSEN";
    private const string Scale = "GDK_DPI_SCALE";

    public static int Run()
    {
        foreach (var language in Nabij.HostApp.Texts.Wording.Languages)
        {
            foreach (var scale in new[] { "1", "2" })
            {
                using var desktop = HostAppDesktop.Start();
                Finish(Process.Start(HostAppDesktop.With(new ProcessStartInfo("/usr/bin/xsetroot", ["-solid", "#4a6b80"]), desktop.Display))!);
                Finish(HostAppChild.Start("screens", desktop.Display, (Language, language), (Scale, scale)));
            }
        }

        return 0;
    }

    public static bool IsChosen(string name) =>
        Environment.GetEnvironmentVariable(Chosen) is not { } chosen || chosen.Split(',').Contains(name);

    public static void Take(string name)
    {
        var size = Environment.GetEnvironmentVariable(Scale) == "2" ? "-large" : string.Empty;
        var file = $"host-{name}-{Environment.GetEnvironmentVariable(Language)}{size}.png";
        var path = Path.Combine(Environment.GetEnvironmentVariable(Folder)!, file);
        Finish(Process.Start("/usr/bin/import", ["-window", "root", "+dither", "-colors", "48", "-define", "png:compression-level=9", path]));
    }

    private static void Finish(Process process)
    {
        using (process)
            process.WaitForExit();
    }
}
