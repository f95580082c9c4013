using System.Text;
using Nabij.Protocol.Tests;
using Nabij.Server.Terms;

namespace Nabij.Server.Tests.Terms;

public sealed class WordDiffTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("one two three", "one 2 three", "one [-two-][+2+] three")]
    [InlineData("a\nb\nc\n", "a\nc\n", "a\n[-b\n-]c\n")]
    [InlineData("a b", "a, b", "a[+,+] b")]
    [InlineData("", "new", "[+new+]")]
    [InlineData("old", "", "[-old-]")]
    [InlineData("30 days", "14 days", "[-30-][+14+] days")]
    public void The_words_that_changed_are_named(string older, string newer, string expected) => Assert.Equal(expected, Written(WordDiff.Compare(older, newer)));

    [Fact]
    public void The_parts_are_both_texts_whatever_they_are()
    {
        const int Seed = 20261122;
        var random = new SeededRandom(Seed);
        for (var i = 0; i < 400; i++)
        {
            var older = Text(random);
            var newer = random.Below(3) == 0 ? Text(random) : Changed(random, older);
            var parts = WordDiff.Compare(older, newer);

            Assert.True(older == Joined(parts, DiffKind.Added), $"seed {Seed}, {i}: {older}");
            Assert.True(newer == Joined(parts, DiffKind.Removed), $"seed {Seed}, {i}: {newer}");
            for (var at = 1; at < parts.Count; at++)
                Assert.NotEqual(parts[at - 1].Kind, parts[at].Kind);
        }
    }

    [Fact]
    public void Texts_that_have_nothing_in_common_cost_no_more_than_the_bound()
    {
        var older = string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"a{i}"));
        var newer = string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"b{i}"));

        var parts = WordDiff.Compare(older, newer);

        Assert.Equal((older, newer), (Joined(parts, DiffKind.Added), Joined(parts, DiffKind.Removed)));
    }

    private static string Joined(IEnumerable<DiffPart> parts, DiffKind without) => string.Concat(parts.Where(part => part.Kind != without).Select(part => part.Text));

    private static string Written(IEnumerable<DiffPart> parts) => string.Concat(parts.Select(part => part.Kind switch
    {
        DiffKind.Removed => $"[-{part.Text}-]",
        DiffKind.Added => $"[+{part.Text}+]",
        _ => part.Text,
    }));

    private static string Text(SeededRandom random)
    {
        var text = new StringBuilder();
        for (var i = random.Below(60); i > 0; i--)
            text.Append(((string[])["you", "we", " ", " ", "\n", "é", "😀", ".", "- ", "30", "**"])[random.Below(11)]);
        return text.ToString();
    }

    private static string Changed(SeededRandom random, string text)
    {
        var at = random.Below(text.Length + 1);
        return text[..at] + "x" + text[Math.Min(text.Length, at + random.Below(4))..];
    }
}
