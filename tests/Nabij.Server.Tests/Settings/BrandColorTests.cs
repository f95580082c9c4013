using Nabij.Server.Organizations;

namespace Nabij.Server.Tests.Settings;

public sealed class BrandColorTests
{
    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#ffffff", "#ffffff", 1)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#0b5c7a", "#ffffff", 7.43)]
    public void Contrast_is_that_of_wcag(string one, string other, double ratio) => Assert.Equal(ratio, BrandColor.Contrast(one, other), 0.02);

    [Fact]
    public void Text_and_links_are_readable_whatever_color_is_chosen()
    {
        for (var red = 0; red <= 255; red += 17)
        {
            for (var green = 0; green <= 255; green += 17)
            {
                for (var blue = 0; blue <= 255; blue += 51)
                {
                    var color = $"#{red:x2}{green:x2}{blue:x2}";
                    Assert.True(BrandColor.Contrast(BrandColor.TextOn(color), color) >= BrandColor.Enough, color);
                    Assert.True(BrandColor.Contrast(BrandColor.TextOn(color), BrandColor.Hovered(color)) >= BrandColor.Enough, $"under a pointer {color}");
                    foreach (var ground in (string[])[BrandColor.LightGround, "#ffffff", "#f4f6f8", BrandColor.DarkGround, "#10161c"])
                    {
                        var link = BrandColor.ReadableOn(color, BrandColor.Contrast(ground, "#000000") > 10 ? BrandColor.LightGround : BrandColor.DarkGround);
                        Assert.True(BrandColor.Contrast(link, ground) >= BrandColor.Enough, $"{color} as link {link} on {ground}");
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("#0B5C7A")]
    [InlineData("0b5c7a")]
    [InlineData("#0b5c7")]
    [InlineData("#0b5c7a;")]
    [InlineData("red")]
    public void What_is_no_color_is_refused(string text) => Assert.False(BrandColor.IsValid(text));
}
