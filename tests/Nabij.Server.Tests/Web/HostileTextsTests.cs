namespace Nabij.Server.Tests.Web;

public sealed class HostileTextsTests
{
    [Fact]
    public void There_are_at_least_200_of_them_each_once_and_200_fit_a_short_field()
    {
        Assert.True(HostileTexts.All.Count >= 200);
        Assert.Equal(HostileTexts.All.Count, HostileTexts.All.Distinct(StringComparer.Ordinal).Count());
        Assert.True(HostileTexts.Line(64).Count() >= 200);
    }

    [Theory]
    [InlineData("<p>x</p>", "<p><b>x</b></p>")]
    [InlineData("<p title=\"x\">", "<p title=\"x\" onclick=\"y\">")]
    [InlineData("<p title='x'>", "<p title='x' onclick=y>")]
    [InlineData("<p>x</p>", "<p>x<!-- </p>")]
    [InlineData("<p>x</p>", "<p>x</p></div>")]
    [InlineData("<input value=\"x\">", "<input value=\"x\"><script>")]
    public void A_text_that_became_markup_changes_the_skeleton(string before, string after) => Assert.NotEqual(HtmlSkeleton.Of(before), HtmlSkeleton.Of(after));

    [Theory]
    [InlineData("<p title=\"x\">x</p>", "<p title=\"a > b &quot; 'c'\">a &lt;b&gt; 3 < 4 &amp; c</p>")]
    [InlineData("<a href=\"/x\">", "<A  HREF = '/y' >")]
    [InlineData("<br>", "<br/>")]
    public void A_text_that_stays_text_does_not(string before, string after) => Assert.Equal(HtmlSkeleton.Of(before), HtmlSkeleton.Of(after));
}
