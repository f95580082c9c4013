using System.Net;
using System.Security.Cryptography;
using Nabij.Protocol.Organizations;
using Nabij.Server.Organizations;

namespace Nabij.Server.Tests.Downloads;

public sealed class DownloadTests
{
    private static readonly byte[] Program = [.. "\x7fELF the program"u8.ToArray(), .. new byte[5000]];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/o/test/download")]
    [InlineData("/o/test/download/linux-x64")]
    [InlineData("/download/linux-x64")]
    public async Task Who_did_not_accept_is_led_to_the_help_page(string path)
    {
        await using var server = await RunningServer.StartAsync();
        await PlaceAsync(server, server);
        using var visitor = server.Visit();

        using var stranger = await visitor.GetAsync(path);
        visitor.Cookies.Add(server.Address, new Cookie("nabij-accepted", "AAAAAAAAAAAAAAAAAAAAAA"));
        using var guesser = await visitor.GetAsync(path);

        Assert.Equal((HttpStatusCode.SeeOther, "/o/test"), (stranger.StatusCode, stranger.Headers.Location?.ToString()));
        Assert.Equal((HttpStatusCode.SeeOther, "/o/test"), (guesser.StatusCode, guesser.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task Who_accepted_gets_the_one_file_with_its_size_and_hash()
    {
        await using var server = await RunningServer.StartAsync();
        var packaged = await PlaceAsync(server, server);
        using var visitor = server.Visit();
        using var accepted = await visitor.AcceptAsync();

        var page = await visitor.ReadAsync(accepted.Headers.Location?.ToString() ?? "");
        using var named = await visitor.GetAsync("/o/test/download/linux-x64");
        using var plain = await visitor.GetAsync("/download/linux-x64");

        Assert.Contains("id=\"download\"", page, StringComparison.Ordinal);
        Assert.Contains($"{packaged.Length} bytes", page, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(packaged)), page.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(packaged, await named.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(packaged, await plain.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("attachment", named.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nabij-linux-x64", named.Content.Headers.ContentDisposition?.FileName);
    }

    [Fact]
    public async Task An_acceptance_opens_the_download_for_a_day()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = clock });
        await PlaceAsync(server, server);
        using var visitor = server.Visit();
        (await visitor.AcceptAsync()).Dispose();

        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        using var before = await visitor.GetAsync("/download/linux-x64");
        clock.Advance(TimeSpan.FromSeconds(1));
        using var after = await visitor.GetAsync("/download/linux-x64");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.SeeOther), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task A_file_with_another_organizations_block_is_never_served()
    {
        await using var server = await RunningServer.StartAsync();
        await using var other = await RunningServer.StartAsync();
        await PlaceAsync(server, other);

        await RefusesAsync(server);
    }

    [Fact]
    public async Task A_file_without_a_block_is_never_served()
    {
        await using var server = await RunningServer.StartAsync();
        await File.WriteAllBytesAsync(FileOf(server), Program, Cancel);

        await RefusesAsync(server);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(60)]
    [InlineData(400)]
    public async Task A_file_whose_block_was_altered_is_never_served(int fromEnd)
    {
        await using var server = await RunningServer.StartAsync();
        var bytes = await PlaceAsync(server, server);
        bytes[^fromEnd] ^= 1;
        await File.WriteAllBytesAsync(FileOf(server), bytes, Cancel);

        await RefusesAsync(server);
    }

    [Fact]
    public async Task A_file_that_changes_is_checked_again()
    {
        await using var server = await RunningServer.StartAsync();
        await PlaceAsync(server, server);
        using var visitor = server.Visit();
        (await visitor.AcceptAsync()).Dispose();
        using var good = await visitor.GetAsync("/download/linux-x64");

        await File.WriteAllBytesAsync(FileOf(server), Program, Cancel);
        using var bad = await visitor.GetAsync("/download/linux-x64");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (good.StatusCode, bad.StatusCode));
    }

    [Theory]
    [InlineData("macos")]
    [InlineData("..%2f..%2fnabij.db")]
    [InlineData("nabij-linux-x64")]
    [InlineData("win-x64")]
    public async Task Nothing_but_a_program_on_the_shelf_is_served(string platform)
    {
        await using var server = await RunningServer.StartAsync();
        await PlaceAsync(server, server);
        using var visitor = server.Visit();
        (await visitor.AcceptAsync()).Dispose();

        using var answer = await visitor.GetAsync($"/o/test/download/{platform}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_organization_document_verifies_and_names_this_server()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();

        var document = OrganizationDocument.Open(await visitor.Client.GetByteArrayAsync(new Uri("/o/test/organization.json", UriKind.Relative), Cancel));

        Assert.Equal(("test", "Computer shop Test", "020 555 0123"), (document.Slug, document.DisplayName, document.Phone));
        Assert.Equal(server.Address.GetLeftPart(UriPartial.Authority), document.Origin);
    }

    private static async Task RefusesAsync(RunningServer server)
    {
        using var visitor = server.Visit();
        using var accepted = await visitor.AcceptAsync();
        var page = await visitor.ReadAsync(accepted.Headers.Location?.ToString() ?? "");
        using var answer = await visitor.GetAsync("/download/linux-x64");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("id=\"download\"", page, StringComparison.Ordinal);
        Assert.Contains("There is nothing to download yet", page, StringComparison.Ordinal);
        Assert.Contains("is not served", server.Log.Text, StringComparison.Ordinal);
    }

    /// <summary>Puts a program with the block of <paramref name="maker"/> on the shelf of <paramref name="server"/>.</summary>
    private static async Task<byte[]> PlaceAsync(RunningServer server, RunningServer maker)
    {
        var organization = await maker.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel);
        var signed = maker.Services.GetRequiredService<OrganizationDocuments>().Sign(organization, server.Address.GetLeftPart(UriPartial.Authority));
        byte[] packaged = [.. Program, .. OrganizationBlock.Create(signed)];
        await File.WriteAllBytesAsync(FileOf(server), packaged, Cancel);
        return packaged;
    }

    private static string FileOf(RunningServer server) => Path.Combine(server.Folder, "downloads", "nabij-linux-x64");
}
