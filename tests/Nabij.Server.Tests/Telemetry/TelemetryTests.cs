using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Nabij.Server.Commands;
using Nabij.Server.Telemetry;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Telemetry;

public sealed partial class TelemetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    [Trait("Invariant", "12")]
    public async Task A_session_reaches_the_collector_in_numbers_and_traces_and_nobody_in_it_does(string protocol)
    {
        await using var receiver = await OtlpReceiver.StartAsync(protocol == "grpc");
        string[] secrets;
        var server = await RunningServer.StartAsync(ServerSockets.Wide with
        {
            Settings = new()
            {
                ["RateLimits:AccountsPerMinute"] = "100000",
                ["Telemetry:Otlp"] = receiver.Address,
                ["Telemetry:Protocol"] = protocol,
                ["Telemetry:Headers"] = "x-tenant=shop-7",
            },
        });
        await using (server)
        {
            using var run = await PairedRun.StartAsync(server, Cancel);
            await PairedRun.TalkAsync(run.Host.Socket, run.Viewer, Cancel);
            secrets = [.. run.Desk.Visitor.Cookies.GetAllCookies().Select(cookie => cookie.Value), run.Desk.Token, RunningServer.Email, RunningServer.OwnerName, Convert.ToHexStringLower(run.Host.Given.Lease.Span)];
            using var visitor = server.Visit();
            (await visitor.GetAsync("/o/test?lang=nl&secret-in-the-query")).Dispose();
            run.Cut();
            while (server.Services.GetRequiredService<Server.Rendezvous.TechnicianRuns>().Count > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
        }

        var (metrics, traces) = (receiver.TextOf("metrics"), receiver.TextOf("trace"));
        foreach (var name in (string[])["nabij.sessions.joins", "nabij.sessions.active", "nabij.sessions.waiting", "nabij.relay.bytes", "nabij.sessions.ends", "nabij.sessions.duration", "http.server.request.duration"])
            Assert.Contains(name, metrics, StringComparison.Ordinal);
        Assert.Contains("nabij.session", traces, StringComparison.Ordinal);
        Assert.Contains("GET /o/{slug}", traces, StringComparison.Ordinal);
        Assert.All(receiver.Received, one => Assert.Contains("x-tenant, shop-7", one.Headers, StringComparison.Ordinal));
        foreach (var secret in secrets.Append("/o/test").Append("secret-in-the-query"))
        {
            Assert.True(secret.Length >= 5);
            Assert.DoesNotContain(secret, metrics, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, traces, StringComparison.Ordinal);
        }

        // Callers come from there. The metrics name it as the server's own, on which Kestrel listens.
        Assert.DoesNotContain("127.0.0.1", traces, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_cannot_have_requests_traced_that_the_setting_leaves_out()
    {
        await using var receiver = await OtlpReceiver.StartAsync(isGrpc: false);
        await using (var server = await RunningServer.StartAsync(new ServerChoices
        {
            Settings = new() { ["Telemetry:Otlp"] = receiver.Address, ["Telemetry:Protocol"] = "http", ["Telemetry:TracedShare"] = "0" },
        }))
        {
            using var visitor = server.Visit();
            visitor.Client.DefaultRequestHeaders.Add("traceparent", "00-00000000000000000000000000000001-0000000000000001-01");
            (await visitor.GetAsync("/o/test")).Dispose();
        }

        Assert.NotEqual("", receiver.TextOf("metrics"));
        Assert.Equal("", receiver.TextOf("trace"));
    }

    [Fact]
    public async Task Without_an_address_nothing_listens()
    {
        await using var receiver = await OtlpReceiver.StartAsync(isGrpc: false);
        await using (var server = await RunningServer.StartAsync())
        {
            using var visitor = server.Visit();
            (await visitor.GetAsync("/")).Dispose();
        }

        Assert.Empty(receiver.Received);
    }

    /// <summary>A collector that is gone costs neither a session nor the stop.</summary>
    [Fact]
    public async Task A_collector_that_cannot_be_reached_hurts_nobody()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with
        {
            Settings = new() { ["RateLimits:AccountsPerMinute"] = "100000", ["Telemetry:Otlp"] = "http://127.0.0.1:1", ["Telemetry:Protocol"] = "http" },
        });
        using var run = await PairedRun.StartAsync(server, Cancel);

        await PairedRun.TalkAsync(run.Host.Socket, run.Viewer, Cancel);
    }

    [Theory]
    [InlineData("Telemetry:Otlp", "not an address")]
    [InlineData("Telemetry:Otlp", "http://name:password@collector:4317")]
    [InlineData("Telemetry:Protocol", "smoke")]
    [InlineData("Telemetry:TracedShare", "2")]
    [InlineData("Telemetry:Interval", "00:00:00")]
    public async Task A_setting_that_is_not_right_stops_the_start(string name, string value)
    {
        var problem = await Assert.ThrowsAsync<OperatorException>(() => RunningServer.StartAsync(new ServerChoices { Settings = new() { [name] = value } }));

        Assert.Contains("Telemetry", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", problem.Message.Replace("without a name or password in it", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_measurement_is_described_in_the_documentation_and_no_other()
    {
        await using var server = await RunningServer.StartAsync();
        var meter = server.Services.GetRequiredService<ServerMeters>().Meter;
        var names = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter == meter)
                names.Add(instrument.Name);
        };
        listener.Start();

        var described = MeterName().Matches(await File.ReadAllTextAsync(Path.Combine(Repository(), "docs", "operating.md"), Cancel)).Select(match => match.Groups[1].Value);

        Assert.Equal(names, described.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("text", ConsoleFormatterNames.Simple)]
    [InlineData("json", ConsoleFormatterNames.Json)]
    [InlineData("journal", ConsoleFormatterNames.Systemd)]
    public void The_log_is_written_as_the_setting_says(string format, string formatter)
    {
        var folder = Directory.CreateTempSubdirectory("nabij-log-format-");
        File.WriteAllText(Path.Combine(folder.FullName, "nabij.json"), $$$"""{"Logging":{"Format":"{{{format}}}"}}""");

        var builder = Server.Web.Hosting.CreateBuilder(RunOptions.Parse(["--data", folder.FullName]));

        using var services = builder.Services.BuildServiceProvider();
        Assert.Equal(formatter, services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
        folder.Delete(recursive: true);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nabij.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("Nabij.slnx");
    }

    [GeneratedRegex(@"^\| `(nabij\.[a-z_.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex MeterName();
}
