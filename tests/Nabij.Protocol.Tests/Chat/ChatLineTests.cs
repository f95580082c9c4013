using System.Globalization;
using System.Text;
using Nabij.Protocol.Chat;

namespace Nabij.Protocol.Tests.Chat;

/// <summary>What becomes of what a person typed before it travels (docs/protocol/07).</summary>
public sealed class ChatLineTests
{
    [Theory]
    [InlineData("Good morning", "Good morning")]
    [InlineData("  two\r\nlines\r ", "two\nlines")]
    [InlineData("a\u001b[1mb\u0000c\u0085d\te", "a[1mbc\nd\te")]
    [InlineData("\ufeffmark", "mark")]
    [InlineData("\u202eturned", "\u202eturned")]
    [InlineData("", null)]
    [InlineData(" \r\n\t ", null)]
    [InlineData("\u0007", null)]
    public void What_is_typed_gets_the_form_that_travels(string typed, string? formed) =>
        Assert.Equal(formed, ChatLine.TryForm(typed));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("\ufffd lone", ChatLine.TryForm("\ud83d lone"));

    [Fact]
    public void A_text_is_cut_between_characters_at_the_limit()
    {
        var formed = ChatLine.TryForm(string.Concat(Enumerable.Repeat("😀", ChatLine.MostCharacters + 1)));
        Assert.Equal(2 * ChatLine.MostCharacters, formed!.Length);
        Assert.Equal(formed, Assert.IsType<ChatLine>(ChatMessage.Decode(new ChatLine(1, formed).Encode(), Party.Viewer)).Text);
    }

    [Fact]
    [Trait("Invariant", "12")]
    public void What_was_said_is_in_no_text_that_a_log_could_hold() =>
        Assert.DoesNotContain("secret", new ChatLine(1, "secret").ToString(), StringComparison.Ordinal);

    [Fact]
    public void Whatever_is_typed_travels_or_is_nothing()
    {
        const ulong Seed = 7;
        for (var round = 0UL; round < 2000; round++)
        {
            var random = new SeededRandom(Seed + round);
            var typed = new StringBuilder();
            for (var length = random.Below(60); length > 0; length--)
                typed.Append((char)random.Below(random.Below(4) == 0 ? 0x10000 : 0x180));
            if (ChatLine.TryForm(typed.ToString()) is not { } formed)
                continue;
            var back = (ChatLine)ChatMessage.Decode(new ChatLine(round + 1, formed).Encode(), Party.Host);
            Assert.True(formed == back.Text, string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, round {round}"));
            Assert.Equal(formed, ChatLine.TryForm(formed));
        }
    }
}
