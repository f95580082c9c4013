using System.Security.Cryptography;
using System.Text;
using Nabij.HostApp.Flow;
using Nabij.HostApp.Linux;
using Nabij.HostApp.Screens;

namespace Nabij.HostCore.Tests;

public sealed class HostAppInputTests
{
    [Theory]
    [InlineData("help.example.com", "https://help.example.com/", null)]
    [InlineData("  HTTPS://Help.Example.com/o/linde ", "https://help.example.com/", "linde")]
    [InlineData("https://help.example.com:8443/o/linde/download", "https://help.example.com:8443/", "linde")]
    [InlineData("http://localhost:5000", "http://localhost:5000/", null)]
    [InlineData("http://127.0.0.1:5000/o/a-b", "http://127.0.0.1:5000/", "a-b")]
    public void An_address_is_read_as_people_type_it(string typed, string server, string? slug)
    {
        var (address, error) = ShopAddress.Read(typed);
        Assert.Null(error);
        Assert.Equal(new Uri(server), address!.Server);
        Assert.Equal(slug, address.Slug);
    }

    [Theory]
    [InlineData("", "shop.error.empty")]
    [InlineData("   ", "shop.error.empty")]
    [InlineData("the shop", "shop.error.form")]
    [InlineData("shop", "shop.error.form")]
    [InlineData("ftp://help.example.com", "shop.error.form")]
    [InlineData("file:///etc/passwd", "shop.error.form")]
    [InlineData("https://help.example.com@evil.example", "shop.error.form")]
    [InlineData("http://help.example.com", "shop.error.insecure")]
    public void A_wrong_address_is_explained(string typed, string error) => Assert.Equal((null, error), ShopAddress.Read(typed));

    [Fact]
    public void Three_escapes_within_a_second_are_stop_and_slower_ones_are_not()
    {
        var escapes = new ThreeEscapes();
        Assert.False(escapes.Press(true, 1000));
        Assert.False(escapes.Press(true, 1400));
        Assert.True(escapes.Press(true, 1900));
        Assert.False(escapes.Press(true, 2000));
        Assert.False(escapes.Press(true, 2900));
        Assert.False(escapes.Press(true, 3200));
        Assert.True(escapes.Press(true, 3300));
    }

    [Fact]
    public void Another_key_between_the_escapes_begins_again()
    {
        var escapes = new ThreeEscapes();
        Assert.False(escapes.Press(true, 10));
        Assert.False(escapes.Press(true, 20));
        Assert.False(escapes.Press(false, 30));
        Assert.False(escapes.Press(true, 40));
        Assert.False(escapes.Press(true, 50));
        Assert.True(escapes.Press(true, 60));
    }

    [Fact]
    public void Escapes_are_counted_over_the_turn_of_the_servers_clock()
    {
        var escapes = new ThreeEscapes();
        Assert.False(escapes.Press(true, uint.MaxValue - 100));
        Assert.False(escapes.Press(true, uint.MaxValue));
        Assert.True(escapes.Press(true, 300));
    }

    [Fact]
    public void Terms_are_shown_as_paragraphs_and_hashed_as_they_came()
    {
        var bytes = Encoding.UTF8.GetBytes("# Title\n\nOne **bold**\nparagraph.\n\n- first\n  goes on\n- second\n\nLast\n");
        var part = TermsPart.Read(bytes)!;
        Assert.Equal(SHA256.HashData(bytes), part.Hash.ToArray());
        Assert.Equal(
            [
                new Paragraph("Title", ParagraphRole.Heading), new Paragraph("One bold paragraph."),
                new Paragraph("first goes on", ParagraphRole.Item), new Paragraph("second", ParagraphRole.Item), new Paragraph("Last"),
            ],
            part.Paragraphs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("you \u202eeerga")]
    [InlineData("hidden\u200bword")]
    [InlineData("bell\u0007")]
    public void Terms_that_hide_something_are_refused(string text) => Assert.Null(TermsPart.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Terms_that_are_not_text_or_too_long_are_refused()
    {
        Assert.Null(TermsPart.Read([0xff, 0xfe, 0x41]));
        Assert.Null(TermsPart.Read(new byte[TermsPart.Limit + 1]));
        Assert.NotNull(TermsPart.Read(Enumerable.Repeat((byte)'a', TermsPart.Limit).ToArray()));
    }
}
