using System.Net;
using System.Runtime.Versioning;
using Nabij.Server.Commands;
using Nabij.Server.SelfTest;
using Nabij.Server.Storage;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Storage;

namespace Nabij.Server.Tests.SelfTest;

[UnsupportedOSPlatform("windows")]
public sealed class SelfTestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "Check of the server", "Signing in takes a password only", "There is no program for customers to download", "Good")]
    [InlineData("nl", "Controle van de server", "Inloggen vraagt alleen een wachtwoord", "Er is geen programma dat klanten kunnen downloaden", "Goed")]
    public async Task The_page_says_what_is_wrong_and_what_is_good(string language, string title, string factor, string program, string good)
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);

        var html = WebUtility.HtmlDecode(await owner.ReadAsync($"/checks?lang={language}"));

        Assert.All((string[])[title, factor, program, good], words => Assert.Contains(words, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_stream_comes_in_two_parts_with_the_servers_time_first()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);
        using var answer = await owner.Client.GetAsync(new Uri("/checks/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));

        Assert.InRange(long.Parse(await reader.ReadLineAsync(Cancel) ?? "", System.Globalization.CultureInfo.InvariantCulture), 1_700_000_000_000, 9_000_000_000_000);
        Assert.Equal("end", await reader.ReadLineAsync(Cancel));
    }

    [Fact]
    public async Task A_proxy_that_was_not_named_is_noticed()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);
        owner.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.1");

        Assert.Contains("does not believe it", WebUtility.HtmlDecode(await owner.ReadAsync("/checks?lang=en")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_is_named_and_speaks_is_believed()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Arguments = ["--behind-proxy", "127.0.0.1"] });
        using var owner = await Staff.SignInAsync(server);
        var silent = WebUtility.HtmlDecode(await owner.ReadAsync("/checks?lang=en"));
        owner.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.1");
        owner.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        Assert.Contains("A proxy was named with --behind-proxy, but", silent, StringComparison.Ordinal);
        Assert.Contains("The proxy passes on who asks", WebUtility.HtmlDecode(await owner.ReadAsync("/checks?lang=en")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_self_signed_certificate_is_told_from_a_good_one()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Arguments = ["--urls", "https://127.0.0.1:0", "--self-signed"] });
        using var owner = await Staff.SignInAsync(server);

        Assert.Contains("does not know who issued it", WebUtility.HtmlDecode(await owner.ReadAsync("/checks?lang=en")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_names_each_fault_and_fails_until_all_are_mended()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { DemandsSecondFactor = true });
        var key = Directory.GetFiles(Path.Combine(server.Folder, "keys"), "organization-*.pem").Single();
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        File.SetUnixFileMode(server.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        await File.WriteAllTextAsync(Path.Combine(server.Folder, "downloads", "nabij-linux-x64"), "no program of ours", Cancel);
        await TestDatabase.ExecuteAsync(server.Services.GetRequiredService<DatabaseSource>(), "update audit_event set details = 'other' where seq = 1");

        var (code, text) = await RunAsync(server.Folder);

        Assert.Equal(ExitCode.Failed, code);
        foreach (var words in (string[])["BAD    server: Other accounts may read", "BAD    server: Other accounts of this machine can read", "nabij-linux-x64 is not offered", "The audit log is broken after 0 events", "notice test: No backup was made", "good   test: Signing in takes a second step"])
            Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_above_row_security_is_named()
    {
        await using var fresh = await FreshDatabase.CreateAsync("Postgres");
        await fresh.UpdateAsync();
        using var check = new DatabaseCheck(fresh.Source, Microsoft.Extensions.Logging.Abstractions.NullLogger<DatabaseCheck>.Instance);

        var findings = await new StoreChecks(fresh.Source, check).FindAsync(Cancel);

        Assert.Equal(["database.good", "schema.good", "role.good"], findings.Select(finding => finding.Key));
        var above = new DirectoryInfo(fresh.Folder.Path).CreateSubdirectory("above");
        await File.WriteAllTextAsync(Path.Combine(above.FullName, "database"), (DatabaseAddress.Find(fresh.Folder) ?? "").Replace("Username=nabij", "Username=postgres", StringComparison.Ordinal), Cancel);
        var source = new DatabaseSource(new DataFolder(above.FullName));
        using var other = new DatabaseCheck(source, Microsoft.Extensions.Logging.Abstractions.NullLogger<DatabaseCheck>.Instance);
        Assert.Contains(await new StoreChecks(source, other).FindAsync(Cancel), finding => finding is { Key: "role.above", Level: FindingLevel.Bad });
    }

    [Fact]
    public async Task Listed_networks_may_ask_whether_the_server_lives_and_do_not_learn_why_not()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices
        {
            Arguments = ["--behind-proxy", "127.0.0.1"],
            Settings = new() { ["Health:Networks"] = "192.0.2.7;198.51.100.0/24" },
        });
        using var visitor = server.Visit();
        // A monitor may ask by plain http.
        visitor.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.1");
        (HttpStatusCode, string) live, held;
        await using (await TestDatabase.HoldAsync(server.Services.GetRequiredService<DatabaseSource>()))
        {
            live = await Staff.ReadAsync(visitor.GetAsync("/health/live"));
            held = await Staff.ReadAsync(visitor.GetAsync("/health/ready"));
        }

        Assert.Equal((HttpStatusCode.OK, " live"), live);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, " not ready"), held);
        Assert.Equal(HttpStatusCode.Forbidden, (await Staff.ReadAsync(visitor.GetAsync("/readyz"))).Status);
    }

    private static async Task<(int Code, string Text)> RunAsync(string folder)
    {
        using var output = new StringWriter();
        var code = await CommandLine.RunAsync(["check", "--data", folder], new Terminal(output, TextWriter.Null), Cancel);
        return (code, output.ToString());
    }
}
