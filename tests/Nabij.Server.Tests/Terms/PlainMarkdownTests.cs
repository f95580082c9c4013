using System.Text;
using Nabij.Server.Terms;

namespace Nabij.Server.Tests.Terms;

public sealed class PlainMarkdownTests
{
    [Fact]
    public void Headings_items_paragraphs_and_strong_words_are_all_there_is()
    {
        var blocks = PlainMarkdown.Parse("# One\n\ntext that\ngoes on **and on** here\n- first\n- **second**\n### Three\n#### not a heading\n"u8);

        Assert.Equal(
            ["Heading1:One", "Paragraph0:text that goes on |*and on*| here", "Item0:first", "Item0:*second*", "Heading3:Three", "Paragraph0:#### not a heading"],
            blocks.Select(block => $"{block.Kind}{block.Level}:{string.Join('|', block.Runs.Select(run => run.Strong ? $"*{run.Text}*" : run.Text))}"));
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
