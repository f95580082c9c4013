using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Nabij.Protocol.Organizations;
using Nabij.Server.Organizations;
using Nabij.Server.Tests.People;

namespace Nabij.Server.Tests.Settings;

public sealed partial class SettingsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static (string, string)[] Details(string name = "Computer shop Test", string phone = "020 555 0123", string abuse = "", string address = "", string email = "") =>
    [
        ("name", name), ("legal-name", ""), ("trade-number", ""), ("phone", phone), ("abuse-contact", abuse), ("address", address), ("email", email), ("language", "nl"),
    ];

    [Fact]
    public async Task What_the_owner_changes_stands_on_the_help_page_and_in_the_signed_document_at_once()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);

        var (saved, _) = await Staff.ReadAsync(owner.SubmitAsync("/settings", "/settings", Details("New Shop", "030 555 0999", "abuse@shop.test", "Street 1\r\n1234 AB City", "hello@shop.test")));

        Assert.Equal(HttpStatusCode.SeeOther, saved);
        using var visitor = server.Visit();
        var html = WebUtility.HtmlDecode(await visitor.ReadAsync("/o/test"));
        Assert.All(["New Shop", "030 555 0999", "abuse@shop.test", "1234 AB City", "hello@shop.test"], word => Assert.Contains(word, html, StringComparison.Ordinal));
        var document = OrganizationDocument.Open(await visitor.Client.GetByteArrayAsync(new Uri("/o/test/organization.json", UriKind.Relative), Cancel));
        Assert.Equal(("New Shop", "030 555 0999", "abuse@shop.test"), (document.DisplayName, document.Phone, document.AbuseContact));
        Assert.Contains("name, phone", Assert.Single(await Staff.AuditAsync(server, "organization.changed")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_was_packaged_before_is_named_with_what_it_still_says()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);
        var signed = await owner.Client.GetByteArrayAsync(new Uri("/o/test/organization.json", UriKind.Relative), Cancel);
        await File.WriteAllBytesAsync(Path.Combine(server.Folder, "downloads", "nabij-linux-x64"), [1, 2, 3, .. OrganizationBlock.Create(signed)], Cancel);
        Assert.Contains("Up to date", await owner.ReadAsync("/settings?lang=en"), StringComparison.Ordinal);

        (await owner.SubmitAsync("/settings", "/settings", Details("New Shop", "030 555 0999"))).Dispose();

        var page = await owner.ReadAsync("/settings?lang=en");
        Assert.Contains("It still says something else about: name, phone number.", page, StringComparison.Ordinal);
        Assert.Contains("Package again", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("this name is longer than the sixty-four bytes that a document may carry", "1")]
    [InlineData("Shop", "123456789012345678901234567890123")]
    [InlineData("Shop\u0007", "1")]
    [InlineData("\u202eShop", "123456789012345678901234567890123")]
    public async Task What_the_document_cannot_carry_is_refused_and_nothing_changes(string name, string phone)
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);

        var (status, _) = await Staff.ReadAsync(owner.SubmitAsync("/settings", "/settings", Details(name, phone)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("Computer shop Test", (await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel)).Name);
    }

    [Fact]
    public async Task Colors_are_shown_before_they_are_kept_and_stay_readable()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);
        (string, string)[] yellow = [("color", "#ffee00"), ("accent", "own"), ("accent-color", "#EEEEEE")];

        var (previewed, page) = await Staff.ReadAsync(owner.SubmitAsync("/settings/look?lang=en", "/settings/look?lang=en", [.. yellow, ("act", "preview")]));
        Assert.Equal(HttpStatusCode.OK, previewed);
        Assert.Contains("/settings/look/preview.css?color=%23ffee00&accent-color=%23eeeeee", page, StringComparison.Ordinal);
        Assert.Contains("nearest shade", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ffee00", await owner.ReadAsync("/o/test/brand.css"), StringComparison.Ordinal);

        var (kept, _) = await Staff.ReadAsync(owner.SubmitAsync("/settings/look", "/settings/look", yellow));
        Assert.Equal(HttpStatusCode.SeeOther, kept);
        var sheet = await owner.ReadAsync("/o/test/brand.css");
        Assert.Contains("--brand: #ffee00; --on-brand: #111111;", sheet, StringComparison.Ordinal);
        Assert.Equal(1, System.Text.RegularExpressions.Regex.Count(sheet, "--link: #eeeeee"));
        Assert.True(sheet.IndexOf("--link: #eeeeee", StringComparison.Ordinal) > sheet.IndexOf("dark", StringComparison.Ordinal), sheet);
        Assert.Equal(HttpStatusCode.BadRequest, await owner.StatusAsync("/settings/look/preview.css?color=red;}&accent-color="));
    }

    [Fact]
    public async Task Colors_that_are_refused_stay_in_the_form_as_they_were_typed()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);

        var (status, page) = await Staff.ReadAsync(owner.SubmitAsync("/settings/look?lang=en", "/settings/look?lang=en", ("color", "#12zz56"), ("accent", "own"), ("accent-color", "#0a7d32")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Matches("name=\"color\"[^>]*value=\"#12zz56\"", page);
        Assert.Matches("name=\"accent-color\"[^>]*value=\"#0a7d32\"", page);
    }

    [Fact]
    public async Task A_logo_is_written_anew_served_as_a_picture_only_and_can_be_removed()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await UploadAsync(owner, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray(), "image/png"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await UploadAsync(owner, new byte[400_000], "image/png"));
        Assert.Equal(HttpStatusCode.NotFound, await owner.StatusAsync("/o/test/logo"));

        Assert.Equal(HttpStatusCode.SeeOther, await UploadAsync(owner, Pictures.Png(6, 4, ("tEXt", "a\0secret"u8.ToArray())), "text/html"));

        using var logo = await owner.GetAsync("/o/test/logo");
        var bytes = await logo.Content.ReadAsByteArrayAsync(Cancel);
        Assert.Equal(("image/png", "nosniff", "default-src 'none'; sandbox"), (logo.Content.Headers.ContentType?.MediaType, logo.Headers.GetValues("X-Content-Type-Options").Single(), logo.Headers.GetValues("Content-Security-Policy").Single()));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("secret"u8));
        Assert.Contains("class=\"logo\" src=\"/o/test/logo?v=", await owner.ReadAsync("/o/test"), StringComparison.Ordinal);
        (await owner.SubmitAsync("/settings/look", "/settings/look/logo/remove")).Dispose();
        Assert.Equal(HttpStatusCode.NotFound, await owner.StatusAsync("/o/test/logo"));
        Assert.DoesNotContain("class=\"logo\"", await owner.ReadAsync("/o/test"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_words_are_previewed_kept_by_language_and_shown()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);
        (string, string)[] words = [("notice", "Closed **Friday**"), ("welcome", "# Welcome here"), ("about", "- We mend\r\n- We teach")];

        var (_, preview) = await Staff.ReadAsync(owner.SubmitAsync("/settings/help-page?lang=en", "/settings/help-page/en?lang=en", [.. words, ("act", "preview")]));
        Assert.Contains("Closed <strong>Friday</strong>", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("Friday", await owner.ReadAsync("/o/test?lang=en"), StringComparison.Ordinal);

        (await owner.SubmitAsync("/settings/help-page", "/settings/help-page/en", words)).Dispose();
        var (english, dutch) = (await owner.ReadAsync("/o/test?lang=en"), await owner.ReadAsync("/o/test?lang=nl"));
        Assert.Contains("Welcome here", english, StringComparison.Ordinal);
        Assert.Contains("<li>We teach</li>", english, StringComparison.Ordinal);
        Assert.Contains("<div lang=\"en\"><p>Closed", dutch, StringComparison.Ordinal);
        Assert.DoesNotContain("Welcome here", dutch, StringComparison.Ordinal);
        Assert.Contains("Een technicus van", dutch, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_page_says_whether_it_is_open_by_the_hours_that_were_given()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = clock });
        using var owner = await Staff.SignInAsync(server);
        // It is Sunday 09:00 in Amsterdam.
        var (saved, _) = await Staff.ReadAsync(owner.SubmitAsync(
            "/settings/hours", "/settings/hours", ("told", "told"), ("from-7-0", "08:30"), ("until-7-0", "12:00"), ("from-7-1", "13:00"), ("until-7-1", "17:00"), ("time-zone", "Europe/Amsterdam"),
            ("date", "2026-11-29"), ("exception-from", ""), ("exception-until", ""), ("note", "Market day"), ("callbacks", "yes")));
        Assert.Equal(HttpStatusCode.SeeOther, saved);

        Assert.Contains("We are open now, until today at 12:00.", await owner.ReadAsync("/o/test?lang=en"), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromHours(8));
        var html = await server.Visit().ReadAsync("/o/test?lang=en");
        Assert.Contains("We are closed now. We open Sunday 6 December at 08:30.", html, StringComparison.Ordinal);
        Assert.Contains("closed (Market day)", html, StringComparison.Ordinal);
        Assert.Contains("08:30 to 12:00 and 13:00 to 17:00", html, StringComparison.Ordinal);
        Assert.Contains("/o/test/callback", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_stretches_of_a_day_survive_a_form_that_is_saved_as_it_is()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = new ManualClock() });
        using var owner = await Staff.SignInAsync(server);
        const string Week = "1 08:00-10:00\n1 11:00-12:00\n1 13:00-17:00", Exceptions = "2026-12-24 09:00-10:00+11:00-12:00+14:00-15:00 Christmas Eve\n2026-12-25 closed Christmas";
        await using (var database = await server.OpenDatabaseAsync())
            await database.Set<Organization>().ExecuteUpdateAsync(set => set.SetProperty(row => row.OpeningHours, Week).SetProperty(row => row.OpeningExceptions, Exceptions), Cancel);
        var form = await owner.ReadAsync("/settings/hours");
        var fields = Inputs().Matches(form[form.IndexOf("<form id=\"hours\"", StringComparison.Ordinal)..])
            .Select(match => (match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value))).Where(field => field.Item1 is not ("told" or "antiforgery")).ToArray();

        var (saved, text) = await Staff.ReadAsync(owner.SubmitAsync("/settings/hours", "/settings/hours", [("told", "told"), .. fields]));

        Assert.True(saved == HttpStatusCode.SeeOther, text);
        await using var after = await server.OpenDatabaseAsync();
        var kept = await after.Set<Organization>().AsNoTracking().SingleAsync(row => row.Id == after.CurrentOrganizationId, Cancel);
        Assert.Equal((Week, Exceptions), (kept.OpeningHours, kept.OpeningExceptions));
    }

    [Fact]
    public async Task Retention_times_are_those_that_the_help_page_tells()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);

        (await owner.SubmitAsync("/settings/keeping", "/settings/keeping", ("acceptance-months", "37"), ("session-months", "7"), ("callback-days", "11"))).Dispose();

        var html = await owner.ReadAsync("/o/test?lang=en");
        Assert.Contains("37 months", html, StringComparison.Ordinal);
        Assert.Contains("7 months", html, StringComparison.Ordinal);
        Assert.Contains("for at most 11 days", await owner.ReadAsync("/o/test/callback?lang=en"), StringComparison.Ordinal);
        Assert.Contains("for at most 11 days", await owner.ReadAsync("/settings/keeping?lang=en"), StringComparison.Ordinal);
        var (refused, _) = await Staff.ReadAsync(owner.SubmitAsync("/settings/keeping", "/settings/keeping", ("acceptance-months", "37"), ("session-months", "14"), ("callback-days", "11")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
    }

    [Fact]
    public async Task Who_changes_something_proves_first_that_it_is_him_or_her()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = clock });
        using var owner = await Staff.SignInAsync(server);
        clock.Advance(TimeSpan.FromMinutes(11));

        using var answer = await owner.SubmitAsync("/account", "/settings", Details("New Shop"));

        Assert.StartsWith("/confirm?return=%2Fsettings", answer.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal("Computer shop Test", (await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel)).Name);
    }

    private static async Task<HttpStatusCode> UploadAsync(Visitor owner, byte[] bytes, string mediaType)
    {
        var token = Visitor.FormToken(await owner.ReadAsync("/settings/look"));
        using var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new(mediaType);
        using var form = new MultipartFormDataContent { { new StringContent(token), "antiforgery" }, { file, "logo", "logo.svg" } };
        using var answer = await owner.Client.PostAsync(new Uri("/settings/look/logo", UriKind.Relative), form, Cancel);
        return answer.StatusCode;
    }

    [GeneratedRegex("<input[^>]*\\bname=\"([^\"]*)\"[^>]*\\bvalue=\"([^\"]*)\"")]
    private static partial Regex Inputs();
}
