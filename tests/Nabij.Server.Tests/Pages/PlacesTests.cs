using Nabij.Server.Pages;
using Nabij.Server.Tests.Web;

namespace Nabij.Server.Tests.Pages;

public sealed class PlacesTests
{
    [Fact]
    public void Each_place_is_shown_to_exactly_those_who_may_open_it()
    {
        Assert.All(Places.All, place =>
        {
            var line = Assert.Single(EndpointTable.Lines, line => line.Name == $"GET {place.Path}");
            Assert.NotNull(line.Roles);
            Assert.Equal(line.Roles.Order(StringComparer.Ordinal), place.Roles.Order(StringComparer.Ordinal));
            Assert.All(Texts.All, language => Assert.Contains(place.Key, Texts.Find(language)!.Keys));
        });
    }

    [Theory]
    [InlineData("/people", "/people")]
    [InlineData("/people/new", "/people")]
    [InlineData("/peoples", null)]
    [InlineData("/account", null)]
    public void A_page_below_a_place_belongs_to_it(string path, string? place) => Assert.Equal(place, Places.Of(path)?.Path);

    [Fact]
    public async Task The_bar_names_the_page_that_is_open_and_leads_to_the_rest()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        using var signedIn = await visitor.SignInAsync();

        foreach (var path in (string[])["/people", "/desk"])
        {
            var html = await visitor.ReadAsync(path);
            Assert.Contains($"href=\"{path}?lang=en\" aria-current=\"page\"", html, StringComparison.Ordinal);
            Assert.All(Places.For(["owner", "technician"]), place => Assert.Contains($"href=\"{place.Path}?lang=en\"", html, StringComparison.Ordinal));
            Assert.Contains("href=\"/account?lang=en\"", html, StringComparison.Ordinal);
        }
    }
}
