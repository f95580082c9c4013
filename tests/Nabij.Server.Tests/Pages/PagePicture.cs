using Microsoft.Playwright;

namespace Nabij.Server.Tests.Pages;

/// <summary>Pictures of a page for docs/screens: on a desktop, and for customers on a phone.</summary>
internal static class PagePicture
{
    internal const int DesktopWidth = 1024, PhoneWidth = 390;

    private const int DesktopHeight = 700, PhoneHeight = 780;

    /// <summary>Long texts are cut off here: a picture is to show what a page looks like.</summary>
    private const int MostHeight = 1400;

    internal static IEnumerable<string> NamesOf(PageLine line, string language) =>
        line.IsShownElsewhere ? [] : line.IsForCustomers ? [Name(line, "", language), Name(line, "-phone", language)] : [Name(line, "", language)];

    internal static async Task TakeAsync(PageLine line, IPage page, string language, string folder)
    {
        await page.SetViewportSizeAsync(DesktopWidth, line.Height ?? DesktopHeight);
        await TakeAsync(page, line, Path.Combine(folder, Name(line, "", language)));
        if (!line.IsForCustomers)
            return;
        await page.SetViewportSizeAsync(PhoneWidth, PhoneHeight);
        await TakeAsync(page, line, Path.Combine(folder, Name(line, "-phone", language)));
    }

    /// <summary>Pictures that load late are there, and nothing is marked because a test put the keyboard there.</summary>
    private static async Task TakeAsync(IPage page, PageLine line, string file)
    {
        var height = await page.EvaluateAsync<int>(
            """
            async () => {
              for (const image of document.images) image.loading = 'eager';
              await Promise.all([...document.images].map(image => image.decode()));
              document.activeElement?.blur();
              scrollTo(0, 0);
              return document.documentElement.scrollHeight;
            }
            """);
        var clip = new Clip { Width = page.ViewportSize!.Width, Height = Math.Min(line.Height ?? height, MostHeight) };
        await page.ScreenshotAsync(new() { Path = file, FullPage = line.Height is null, Clip = clip, Animations = ScreenshotAnimations.Disabled });
    }

    private static string Name(PageLine line, string device, string language) => $"web-{line.Name}{device}-{language}.png";
}
