using System.Net;
using System.Security.Cryptography;
using Nabij.Protocol.Organizations;
using Nabij.Server.Downloads;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Storage;

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
        // Set up apart: otherwise both are copies of one organization.
        var folder = Directory.CreateTempSubdirectory("nabij-server-other-");
        await RunningServer.SetUpAsync(new DataFolder(folder.FullName));
        await using (var other = await RunningServer.StartAsync(new ServerChoices { Folder = folder }))
        {
            await PlaceAsync(server, other);
            await RefusesAsync(server);
        }

        await TestDatabase.DropAsync(folder.FullName);
        folder.Delete(recursive: true);
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

    [Fact]
    public async Task Many_first_visitors_at_once_have_each_file_read_once()
    {
        await using var server = await RunningServer.StartAsync();
        var packaged = await PlaceAsync(server, server);
        var organization = await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel);
        var shelf = server.Services.GetRequiredService<DownloadShelf>();
        Assert.Equal(0, shelf.FilesRead);

        var found = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => shelf.AvailableAsync(organization, Cancel))));

        Assert.Equal(1, shelf.FilesRead);
        Assert.All(found, files => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(packaged)), Assert.Single(files).Sha256));
    }

    [Fact]
    public async Task A_visitor_who_goes_does_not_stop_the_reading_for_the_others()
    {
        await using var server = await RunningServer.StartAsync();
        await PlaceAsync(server, server);
        var organization = await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel);
        var shelf = server.Services.GetRequiredService<DownloadShelf>();

        await Record.ExceptionAsync(() => shelf.AvailableAsync(organization, new CancellationToken(canceled: true)));

        Assert.Single(await shelf.AvailableAsync(organization, Cancel));
        Assert.Equal(1, shelf.FilesRead);
    }

    [Fact]
    public async Task A_replaced_file_is_noticed_by_its_length_or_its_time_and_read_once_again()
    {
        await using var server = await RunningServer.StartAsync();
        var first = await PlaceAsync(server, server);
        var organization = await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel);
        var shelf = server.Services.GetRequiredService<DownloadShelf>();
        var written = File.GetLastWriteTimeUtc(FileOf(server));
        Assert.Single(await shelf.AvailableAsync(organization, Cancel));

        byte[] sameLength = [.. first];
        sameLength[2000] = 7;
        await File.WriteAllBytesAsync(FileOf(server), sameLength, Cancel);
        File.SetLastWriteTimeUtc(FileOf(server), written.AddSeconds(1));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(sameLength)), Assert.Single(await shelf.AvailableAsync(organization, Cancel)).Sha256);

        byte[] longer = [0, .. first];
        await File.WriteAllBytesAsync(FileOf(server), longer, Cancel);
        File.SetLastWriteTimeUtc(FileOf(server), written.AddSeconds(1));
        Assert.Equal((longer.LongLength, Convert.ToHexStringLower(SHA256.HashData(longer))), Assert.Single((await shelf.AvailableAsync(organization, Cancel)).Select(file => (file.Bytes, file.Sha256))));
        Assert.Equal(3, shelf.FilesRead);
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
    internal static async Task<byte[]> PlaceAsync(RunningServer server, RunningServer maker)
    {
        var organization = await maker.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel);
        var signed = await maker.Services.GetRequiredService<OrganizationDocuments>().SignAsync(organization, server.Address.GetLeftPart(UriPartial.Authority), Cancel);
        byte[] packaged = [.. Program, .. OrganizationBlock.Create(signed)];
        await File.WriteAllBytesAsync(FileOf(server), packaged, Cancel);
        return packaged;
    }

    private static string FileOf(RunningServer server) => Path.Combine(server.Folder, "downloads", "nabij-linux-x64");
}
