using System.Collections.Concurrent;

namespace Nabij.Server.Tests.Pages;

/// <summary>Every page of the table in a real browser: no finding of axe, silent, and no wider than a phone.</summary>
[Collection(PageTests.Name)]
public sealed class PageSweepTests(PageStage stage)
{
    private const int UsualPart = 12;

    private static bool IsFull => Environment.GetEnvironmentVariable("NABIJ_FULL") is { Length: > 0 };

    /// <summary>`./dev test --full pages` goes to all of them; the usual run to some, each time the same.</summary>
    [Fact]
    [Trait("Campaign", "pages")]
    public async Task No_page_has_a_finding_in_any_language_in_light_or_dark_on_a_phone_or_in_large_type()
    {
        var findings = new ConcurrentQueue<string>();
        var chosen = PageTable.Lines.Where((_, index) => IsFull || index % UsualPart == 1).ToList();
        await Task.WhenAll(PageStage.Languages.Select(async language =>
        {
            await using var walk = new PageWalk(stage, language);
            await walk.GoAsync(chosen, async (line, page) =>
            {
                foreach (var finding in await PageCheck.FindAsync(page, withColors: language == PageStage.Languages[0]))
                    findings.Enqueue($"{line.Name} ({language}): {finding}");
            });
            foreach (var complaint in walk.Complaints)
                findings.Enqueue(complaint);
        }));

        Assert.True(findings.IsEmpty, $"{findings.Count} findings:\n{string.Join('\n', findings)}");
    }

    /// <summary>`./dev screens` takes them all and puts them into docs/screens; the usual run takes some.</summary>
    [Fact]
    [Trait("Campaign", "screens")]
    public async Task Every_page_can_be_shown_in_a_picture()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts/screens")).FullName;
        var chosen = PageTable.Lines.Where((line, index) => !line.IsShownElsewhere && (IsFull || index % UsualPart == 0)).ToList();
        await Task.WhenAll(PageStage.Languages.Select(async language =>
        {
            await using var walk = new PageWalk(stage, language, PagePicture.DesktopWidth);
            await walk.GoAsync(chosen, (line, page) => PagePicture.TakeAsync(line, page, language, folder));
        }));

        var names = chosen.SelectMany(line => PageStage.Languages.SelectMany(language => PagePicture.NamesOf(line, language)));
        Assert.All(names, name => Assert.True(File.Exists(Path.Combine(folder, name)), name));
    }

    [Fact]
    public void Every_page_has_its_pictures_in_the_documentation_and_none_is_left_over()
    {
        var shown = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs/screens"), "web-*.png").Select(file => Path.GetFileName(file)!);
        var wanted = PageTable.Lines.SelectMany(line => PageStage.Languages.SelectMany(language => PagePicture.NamesOf(line, language)));

        Assert.Equal(wanted.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_finding_is_found()
    {
        await using var context = await stage.NewContextAsync("en");
        var page = await context.NewPageAsync();
        await page.SetContentAsync("<title>x</title><h1 style='width: 90rem'>Too wide</h1><input><p style='color: #999; background: #fff'>Pale</p>");

        var findings = await PageCheck.FindAsync(page);

        Assert.Contains(findings, finding => finding.Contains("label", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.StartsWith("serious html-has-lang", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.StartsWith("in dark: serious color-contrast", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.EndsWith("on 320 pixels with type at 100%", StringComparison.Ordinal));
    }
}
