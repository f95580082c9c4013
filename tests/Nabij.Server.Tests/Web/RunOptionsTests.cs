using System.Net;
using System.Net.Sockets;
using Nabij.Server.Commands;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Tests.Web;

public sealed class RunOptionsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nabij-options-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://192.0.2.7:5080")]
    [InlineData("http://help.example.nl")]
    [InlineData("http://*:80")]
    public void Plain_http_beyond_this_machine_is_refused(string url)
    {
        var problem = Assert.Throws<OperatorException>(() => Parse("--urls", url));

        Assert.Equal(ExitCode.Usage, problem.ExitCode);
        Assert.Contains("--behind-proxy", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://[::1]:5080")]
    public void Plain_http_on_loopback_is_fine(string url) => Assert.False(Assert.Single(Parse("--urls", url).Addresses).IsHttps);

    [Fact]
    public void Plain_http_for_a_named_proxy_is_fine() =>
        Assert.Equal([IPAddress.Parse("10.0.0.2")], Parse("--urls", "http://0.0.0.0:5080", "--behind-proxy", "10.0.0.2", "--origin", "https://help.example.nl").Proxies);

    [Fact]
    public void Https_without_a_certificate_is_refused() =>
        Assert.Contains("--certificate", Assert.Throws<OperatorException>(() => Parse("--urls", "https://localhost:5443")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("--origin", "help.example.nl")]
    [InlineData("--origin", "https://help.example.nl/path")]
    [InlineData("--origin", "https://user@help.example.nl")]
    [InlineData("--origin", "ftp://help.example.nl")]
    [InlineData("--origin", "http://help.example.nl")]
    [InlineData("--urls", "localhost")]
    [InlineData("--urls", "")]
    [InlineData("--urls", "https://localhost/path")]
    [InlineData("--behind-proxy", "proxy.example.nl")]
    [InlineData("--behind", "10.0.0.2")]
    [InlineData("--certificate-password-file", "file")]
    public void What_is_not_understood_is_refused_in_words(string option, string value) =>
        Assert.Equal(ExitCode.Usage, Assert.Throws<OperatorException>(() => Parse(option, value)).ExitCode);

    [Theory]
    [InlineData("https://Help.Example.NL", "https://help.example.nl")]
    [InlineData("https://help.example.nl:443/", "https://help.example.nl")]
    [InlineData("https://help.example.nl:8443", "https://help.example.nl:8443")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example")]
    [InlineData("https://[2001:DB8::1]:8443", "https://[2001:db8::1]:8443")]
    [InlineData("http://localhost:80", "http://localhost")]
    public void An_origin_has_one_spelling(string given, string spelled) => Assert.Equal(spelled, Origin.Parse(given).Text);

    [Fact]
    public void The_same_option_twice_is_refused() =>
        Assert.Throws<OperatorException>(() => Parse("--origin", "https://a.example", "--origin", "https://b.example"));

    [Fact]
    public async Task A_port_in_use_is_told_in_words()
    {
        await RunningServer.SetUpAsync(new DataFolder(_folder.FullName));
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (code, _, error) = await RunAsync("--urls", $"http://127.0.0.1:{port}");

        Assert.Equal(ExitCode.Environment, code);
        Assert.Contains("already listens", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_told_in_words()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        using var error = new StringWriter();

        var code = await CommandLine.RunAsync(["--data", Path.Combine(file, "data")], new Terminal(TextWriter.Null, error), TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Environment, code);
        Assert.Contains("cannot be written", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no such file")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("not a certificate")]
    public async Task A_certificate_that_cannot_be_used_is_told_in_words(string content)
    {
        await RunningServer.SetUpAsync(new DataFolder(_folder.FullName));
        var file = Path.Combine(_folder.FullName, "certificate");
        if (content != "no such file")
            await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);

        var (code, _, error) = await RunAsync("--urls", "https://127.0.0.1:0", "--certificate", file);

        Assert.Equal(ExitCode.Environment, code);
        Assert.Contains("certificate", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_servers_never_share_a_data_folder()
    {
        await RunningServer.SetUpAsync(new DataFolder(_folder.FullName));
        await using var claim = new DataFolder(_folder.FullName).Claim();

        var (code, _, error) = await RunAsync("--urls", "http://127.0.0.1:0");

        Assert.Equal(ExitCode.Environment, code);
        Assert.Contains("already runs", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_outside_its_limits_stops_the_start()
    {
        await RunningServer.SetUpAsync(new DataFolder(_folder.FullName));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "nabij.json"), """{"SignIn":{"Absolute":"100.00:00:00"}}""", TestContext.Current.CancellationToken);

        var (code, _, error) = await RunAsync("--urls", "http://127.0.0.1:0");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("SignIn", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_given_certificate_serves_https()
    {
        await using var first = await RunningServer.StartAsync(new ServerChoices { Arguments = ["--urls", "https://127.0.0.1:0", "--self-signed"] });
        var bundle = Path.Combine(_folder.FullName, "both.pem");
        await File.WriteAllTextAsync(
            bundle,
            await File.ReadAllTextAsync(Path.Combine(first.Folder, "self-signed.crt"), TestContext.Current.CancellationToken) +
            await File.ReadAllTextAsync(Path.Combine(first.Folder, "keys", "self-signed.pem"), TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken);

        await using var second = await RunningServer.StartAsync(new ServerChoices { Arguments = ["--urls", "https://127.0.0.1:0", "--certificate", bundle] });
        File.Copy(Path.Combine(first.Folder, "self-signed.crt"), Path.Combine(second.Folder, "self-signed.crt"));
        using var visitor = second.Visit();
        using var answer = await visitor.GetAsync("/healthz");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_request_that_comes_past_the_proxy_is_refused_whatever_it_pretends()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices
        {
            Arguments = ["--urls", "http://127.0.0.1:0", "--behind-proxy", "192.0.2.1", "--origin", "https://help.example.nl"],
        });
        using var visitor = server.Visit();
        visitor.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        visitor.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.1");

        using var page = await visitor.GetAsync("/sign-in");
        using var health = await visitor.GetAsync("/healthz");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (page.StatusCode, health.StatusCode));
    }

    [Fact]
    public async Task The_named_proxy_tells_scheme_and_address()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices
        {
            Arguments = ["--urls", "http://127.0.0.1:0", "--behind-proxy", "127.0.0.1", "--origin", "https://help.example.nl"],
            Settings = new() { ["RateLimits:AccountsPerMinute"] = "1" },
        });

        var statuses = new List<HttpStatusCode>();
        foreach (var (scheme, address) in ((string, string)[])[("https", "198.51.100.1"), ("https", "198.51.100.1"), ("https", "198.51.100.2"), ("http", "198.51.100.3")])
        {
            using var visitor = server.Visit();
            visitor.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
            visitor.Client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
            using var answer = await visitor.GetAsync("/sign-in");
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.Forbidden], statuses);
    }

    private RunOptions Parse(params string[] arguments) => RunOptions.Parse(["--data", _folder.FullName, .. arguments]);

    private async Task<(int Code, string Out, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["--data", _folder.FullName, .. arguments], new Terminal(output, error), TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
