// What a machine can find about a page: axe-core's rules (the package of the viewer's tests), and whether anything is wider
// than a small screen. The script comes by the browser's debugger, so the page's own policy stays as strict as it is.

using Microsoft.Playwright;

namespace Nabij.Server.Tests.Pages;

internal static class PageCheck
{
    private const int SmallWidth = 320;

    private const string RunAxe =
        """
        async colors => {
          // What is still fading in or out has no color yet.
          await Promise.allSettled(document.getAnimations().filter(one => one instanceof CSSTransition).map(one => one.finished));
          const rule = 'color-contrast';
          const which = { only: { runOnly: { type: 'rule', values: [rule] } }, without: { rules: { [rule]: { enabled: false } } }, with: {} };
          const { violations } = await axe.run(document, { resultTypes: ['violations'], ...which[colors] });
          return violations.flatMap(rule => rule.nodes.map(node => `${rule.impact} ${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.split('\n').slice(1).join(' ').trim()}`));
        }
        """;

    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(Repository.Root, "src/Nabij.Viewer/node_modules/axe-core/axe.min.js")));

    /// <param name="page">In its state.</param>
    /// <param name="withColors">Whether contrast is measured: it costs more than all else, and is the same in every language.</param>
    internal static async Task<IReadOnlyList<string>> FindAsync(IPage page, bool withColors = true) => [.. await RulesAsync(page, withColors), .. await TooWideAsync(page)];

    /// <summary>All rules in light, and the contrast of colors again in dark.</summary>
    internal static async Task<IReadOnlyList<string>> RulesAsync(IPage page, bool withColors = true)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.EvaluateAsync(Axe.Value);
        var light = await page.EvaluateAsync<string[]>(RunAxe, withColors ? "with" : "without");
        if (!withColors)
            return light;
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var dark = await page.EvaluateAsync<string[]>(RunAxe, "only");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return [.. light, .. dark.Select(finding => $"in dark: {finding}")];
    }

    /// <summary>On a phone, and at double type on twice that width: what a person sees who enlarges a page (WCAG 1.4.4, 1.4.10).</summary>
    private static async Task<IReadOnlyList<string>> TooWideAsync(IPage page)
    {
        var findings = new List<string>();
        foreach (var (width, type) in (IEnumerable<(int, string)>)[(SmallWidth, "100%"), (2 * SmallWidth, "200%")])
        {
            await page.SetViewportSizeAsync(width, 640);
            var beyond = await page.EvaluateAsync<int>("size => { document.documentElement.style.fontSize = size; return document.documentElement.scrollWidth - innerWidth; }", type);
            if (beyond > 0)
                findings.Add($"{beyond} pixels too wide on {width} pixels with type at {type}");
        }

        return findings;
    }
}
