using System.Text.RegularExpressions;
using Nabij.Server.Pages;

namespace Nabij.Server.Tests.Pages;

public sealed partial class TextsTests
{
    [Fact]
    public void Every_language_has_every_text_with_the_same_places_to_fill()
    {
        var english = Texts.Find("en") ?? throw new InvalidOperationException();

        foreach (var texts in Texts.All.Select(language => Texts.Find(language) ?? throw new InvalidOperationException()))
        {
            Assert.Equal(english.Keys.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
            foreach (var key in english.Keys)
            {
                Assert.False(string.IsNullOrWhiteSpace(texts[key]), $"{texts.Language} {key}");
                Assert.Equal(Places(english[key]), Places(texts[key]));
            }
        }
    }

    /// <summary>Who speaks to the computer says what stands on the button (WCAG 2.5.3).</summary>
    [Fact]
    public void What_a_button_is_called_for_the_ear_holds_what_stands_on_it()
    {
        const string ForTheEar = ".label";
        var all = Texts.All.Select(language => Texts.Find(language) ?? throw new InvalidOperationException());
        var pairs = all.SelectMany(texts => texts.Keys.Where(key => key.EndsWith(ForTheEar, StringComparison.Ordinal) && texts.Keys.Contains(key[..^ForTheEar.Length]))
            .Select(key => (Ear: texts[key], Eye: texts[key[..^ForTheEar.Length]]))).ToList();

        Assert.True(pairs.Count > 20, "the search no longer finds how buttons are called");
        Assert.All(pairs, pair => Assert.Contains(pair.Eye, pair.Ear, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Pages_ask_only_for_texts_that_exist()
    {
        var english = Texts.Find("en") ?? throw new InvalidOperationException();
        var sources = Directory.EnumerateFiles(Path.Combine(Repository(), "src", "Nabij.Server"), "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal));

        var asked = sources.SelectMany(file => Asked().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct().ToList();

        Assert.True(asked.Count > 100, "the search no longer finds how pages ask for texts");
        Assert.All(asked, key => Assert.Contains(key, english.Keys));
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nabij.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("the repository's root");
    }

    [GeneratedRegex("(?:(?:T|Texts|texts)(?:\\[|\\.Format\\()|new Problem\\()\"([a-z0-9.-]+)\"")]
    private static partial Regex Asked();

    [GeneratedRegex("\\{[0-9]\\}")]
    private static partial Regex Place();
}
