using System.Globalization;
using System.Runtime.Versioning;

namespace Nabij.HostCore.Tests;

/// <summary>
/// Every screen of the customer's program as a person sees it, in every language and at both sizes of type. The pictures
/// go to artifacts/screens; `./dev screens` makes all of them and puts those at the usual size into docs/screens.
/// </summary>
[SupportedOSPlatform("linux")]
[Trait("Campaign", "screens")]
public sealed class HostAppScreenTests
{
    private const int UsualPart = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static TheoryData<string, bool> Looks => new()
    {
        { "nl", false }, { "en", false }, { "nl", true }, { "en", true },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Every_screen_is_drawn_and_no_window_goes_beyond_the_display(string language, bool isLarge)
    {
        Assert.SkipUnless(HostAppDesktop.IsPossible, "This machine has no virtual desktop.");
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Patience);
        var folder = Directory.CreateDirectory(Path.Combine(HostAppDriver.Repository!, "artifacts/screens")).FullName;
        var names = Chosen(language, isLarge);
        using var desktop = HostAppDesktop.Start(HostAppGallery.Width, HostAppGallery.Height);
        await desktop.RunAsync("/usr/bin/xsetroot", ["-solid", "#4a6b80"], timeout.Token);
        using var child = HostAppChild.Start("screens", desktop.Display,
            (HostAppGallery.Language, language), (HostAppGallery.Scale, isLarge ? "2" : "1"), (HostAppGallery.Folder, folder),
            (HostAppGallery.Chosen, string.Join(',', names)));
        foreach (var name in names)
        {
            var line = await child.StandardOutput.ReadLineAsync(timeout.Token);
            Assert.Equal(name, line?.Split(' ')[0]);
            var beyond = int.Parse(line!.Split(' ')[1], CultureInfo.InvariantCulture);
            Assert.True(beyond == 0, $"{name} goes {beyond} pixels beyond the display.");
            Assert.True(File.Exists(Path.Combine(folder, HostAppGallery.FileOf(name, language, isLarge))));
        }

        await child.WaitForExitAsync(timeout.Token);
        Assert.Equal(0, child.ExitCode);
    }

    [Fact]
    public void Every_screen_has_its_picture_in_the_documentation_and_no_picture_is_left_over()
    {
        Assert.SkipWhen(HostAppDriver.Repository is null, "The documentation is not here.");
        var shown = Directory.EnumerateFiles(Path.Combine(HostAppDriver.Repository!, "docs/screens"), "host-*.png").Select(Path.GetFileName);
        var wanted = Looks.Select(look => look.Data).Where(look => !look.Item2)
            .SelectMany(look => HostAppGallery.Samples(look.Item1).Select(sample => HostAppGallery.FileOf(sample.Name, look.Item1, isLarge: false)));

        Assert.Equal(wanted.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal)!);
    }

    // All of them in the campaign, otherwise another tenth for each look.
    private static List<string> Chosen(string language, bool isLarge)
    {
        var all = HostAppGallery.Samples(language).Select(sample => sample.Name).ToList();
        if (Environment.GetEnvironmentVariable("NABIJ_FULL") is { Length: > 0 })
            return all;
        var first = Looks.Select(look => look.Data).ToList().IndexOf((language, isLarge));
        return [.. all.Where((_, index) => index % UsualPart == first)];
    }
}
