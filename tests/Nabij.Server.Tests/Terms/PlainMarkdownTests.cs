using System.Text;
using System.Text.Json;
using Nabij.Server.Terms;

namespace Nabij.Server.Tests.Terms;

public sealed class PlainMarkdownTests
{
    /// <summary>The preview in the browser is held to the same cases.</summary>
    [Fact]
    public void Headings_items_paragraphs_and_strong_words_are_all_there_is()
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests/plain-markdown.json")));
        foreach (var one in cases.RootElement.EnumerateArray())
        {
            var text = one.GetProperty("text").GetString() ?? "";
            var blocks = PlainMarkdown.Parse(Encoding.UTF8.GetBytes(text))
                .Select(block => $"{block.Kind.ToString().ToLowerInvariant()}{block.Level}:{string.Join('|', block.Runs.Select(run => run.Strong ? $"*{run.Text}*" : run.Text))}");

            Assert.Equal(one.GetProperty("blocks").EnumerateArray().Select(block => block.GetString()), blocks);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\u202eb")]
    [InlineData("a\u200bb")]
    [InlineData("a\u2066b")]
    [InlineData("a\u0000b")]
    [InlineData("a\u001b[31mb")]
    [InlineData("\ufeffa")]
    public void What_hides_or_reorders_words_cannot_be_agreed_to(string text) =>
        Assert.NotNull(PlainMarkdown.FindProblem(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Broken_utf8_and_too_long_a_text_cannot_be_agreed_to()
    {
        Assert.NotNull(PlainMarkdown.FindProblem([0xc3, 0x28]));
        Assert.NotNull(PlainMarkdown.FindProblem(new byte[PlainMarkdown.MaximumBytes + 1]));
        Assert.Null(PlainMarkdown.FindProblem(Enumerable.Repeat((byte)'a', PlainMarkdown.MaximumBytes).ToArray()));
    }
}
