using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Accounts;
using Nabij.Server.Desk.Waiting;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Desk;

/// <summary>
/// A full waiting room and many running sessions beside each other: how long until every open desk shows that a customer came,
/// was taken, or left. Small in ./dev test; `./dev bench desk` runs it at its full size and writes artifacts/bench/desk.json.
/// </summary>
public sealed class DeskLoadTests(ITestOutputHelper output)
{
    /// <summary>The bar: every desk shows a change within this.</summary>
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(1);

    private static readonly bool IsFull = Environment.GetEnvironmentVariable("NABIJ_BENCH") is { Length: > 0 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_desk_shows_who_comes_is_taken_and_leaves_within_a_second()
    {
        var size = IsFull ? (Waiting: 1_000, Sessions: 200, Desks: 10, Changes: 60) : (Waiting: 40, Sessions: 4, Desks: 3, Changes: 5);
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with
        {
            Arguments = ["--limit", "registrations-per-minute=100000,registrations-per-hour=100000,registrations-per-day=100000,waiting-per-address=2800,sockets-per-address=10000,event-streams-per-technician=100"],
        });
        await using var load = await DeskLoad.StartAsync(server, (size.Waiting, size.Sessions, size.Desks), Cancel);
        var figures = await load.MeasureAsync(size.Changes, Cancel);

        foreach (var (name, value, unit) in figures)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value:F1} {unit}"));
        if (IsFull)
            await WriteAsync(figures);
        // Small ones run beside everything else on the machine; there only a fault is that slow.
        var allowed = Bar.TotalMilliseconds * (IsFull ? 1 : 10);
        Assert.All(figures.Where(one => one.Unit == "ms"), one => Assert.InRange(one.Value, 0, allowed));
    }

    private static Task WriteAsync(IReadOnlyList<(string Name, double Value, string Unit)> figures)
    {
        var folder = Environment.GetEnvironmentVariable("NABIJ_BENCH")!;
        Directory.CreateDirectory(folder);
        var lines = figures.Select(one => string.Create(CultureInfo.InvariantCulture, $"  {{\"name\":\"{one.Name}\",\"value\":{one.Value:F3},\"unit\":\"{one.Unit}\"}}"));
        return File.WriteAllTextAsync(Path.Combine(folder, "desk.json"), $"[\n{string.Join(",\n", lines)}\n]\n", new UTF8Encoding(false), Cancel);
    }

    /// <summary>Customers, running sessions with traffic, and desks that follow, all on real sockets of loopback.</summary>
    private sealed class DeskLoad : IAsyncDisposable
    {
        private static readonly TimeSpan TrafficPause = TimeSpan.FromMilliseconds(100);

        private readonly RunningServer _server;
        private readonly List<HostPeer> _waiting = [];
        private readonly List<(HostPeer Host, ClientWebSocket Viewer)> _sessions = [];
        private readonly List<DeskFollower> _desks = [];
        private readonly CancellationTokenSource _over = new();
        private readonly List<Task> _traffic = [];
        private Register _registration = null!;
        private DeskPeer _technician = null!;

        private DeskLoad(RunningServer server) => _server = server;

        internal static async Task<DeskLoad> StartAsync(RunningServer server, (int Waiting, int Sessions, int Desks) size, CancellationToken cancellation)
        {
            var load = new DeskLoad(server)
            {
                _registration = await HostPeer.RegistrationAsync(server, cancellation),
                _technician = await DeskPeer.SignInAsync(server),
            };
            for (var i = 0; i < size.Sessions; i++)
                await load.BeginSessionAsync(cancellation);
            for (var i = 0; i < size.Waiting; i++)
                load._waiting.Add(await load.WaitAsync($"Customer {i}", cancellation));
            for (var i = 0; i < size.Desks; i++)
            {
                await DeskServer.AddAsync(server, $"desk{i}@example.test", Role.Technician);
                load._desks.Add(await DeskFollower.OpenAsync(server, $"desk{i}@example.test", cancellation));
            }

            load._traffic.AddRange(load._sessions.Select(session => load.TalkAsync(session.Host.Socket, session.Viewer)));
            return load;
        }

        /// <summary>Each change by itself, until the last desk shows it; then many at once.</summary>
        internal async Task<IReadOnlyList<(string Name, double Value, string Unit)>> MeasureAsync(int changes, CancellationToken cancellation)
        {
            var (came, taken, left) = (new List<double>(), new List<double>(), new List<double>());
            for (var i = 0; i < changes; i++)
            {
                HostPeer host = null!;
                came.Add(await TimeAsync(async () => host = await WaitAsync($"New {i}", cancellation), lines => lines.ContainsKey(host.Given.Nameplate)));
                var place = _desks[0].Lines[host.Given.Nameplate].Place;
                taken.Add(await TimeAsync(() => ClaimAsync(place), lines => lines[host.Given.Nameplate].Claim is not null));
                left.Add(await TimeAsync(() => { host.Dispose(); return Task.CompletedTask; }, lines => !lines.ContainsKey(host.Given.Nameplate)));
            }

            var before = _desks.Sum(desk => desk.Received);
            var crowd = new List<HostPeer>();
            var many = await TimeAsync(
                async () =>
                {
                    foreach (var one in Enumerable.Range(0, changes))
                        crowd.Add(await WaitAsync($"Crowd {one}", cancellation));
                },
                lines => crowd.TrueForAll(host => lines.ContainsKey(host.Given.Nameplate)));
            _waiting.AddRange(crowd);
            var kilobytes = (_desks.Sum(desk => desk.Received) - before) / 1024.0 / _desks.Count;
            return
            [
                ("desk.came.p50", Percentile(came, 0.5), "ms"), ("desk.came.p95", Percentile(came, 0.95), "ms"), ("desk.came.max", came.Max(), "ms"),
                ("desk.taken.p50", Percentile(taken, 0.5), "ms"), ("desk.taken.p95", Percentile(taken, 0.95), "ms"), ("desk.taken.max", taken.Max(), "ms"),
                ("desk.left.p50", Percentile(left, 0.5), "ms"), ("desk.left.p95", Percentile(left, 0.95), "ms"), ("desk.left.max", left.Max(), "ms"),
                ($"desk.crowd-of-{changes}.after-last", many, "ms"), ("desk.crowd.received-by-one-desk", kilobytes, "kB"),
                ("desk.whole-list", _desks.Average(desk => desk.FirstEvent) / 1024.0, "kB"),
            ];
        }

        /// <summary>Milliseconds from when the server has the change until the last desk shows it.</summary>
        private async Task<double> TimeAsync(Func<Task> change, Func<IReadOnlyDictionary<string, WaitingLine>, bool> shows)
        {
            await change();
            var begun = Stopwatch.GetTimestamp();
            await Task.WhenAll(_desks.Select(desk => desk.UntilAsync(shows)));
            return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }

        private async Task ClaimAsync(Guid place)
        {
            using var answer = await _technician.PostAsync("/desk/claims", new ClaimRequest(place, true));
            answer.EnsureSuccessStatusCode();
        }

        private async Task<HostPeer> WaitAsync(string name, CancellationToken cancellation)
        {
            var host = await HostPeer.ConnectAsync(_server, cancellation);
            host.Give(Assert.IsType<NameplateGiven>(await host.RegisterAsync(_registration with { CustomerName = name }, cancellation)));
            return host;
        }

        private async Task BeginSessionAsync(CancellationToken cancellation)
        {
            var host = await WaitAsync("In a session", cancellation);
            var (viewer, answer) = await _technician.JoinAsync(host.Given.Nameplate, cancellation);
            Assert.IsType<PairedViewer>(answer);
            Assert.IsType<PairedHost>(await host.ReadAsync(cancellation));
            _sessions.Add((host, viewer));
        }

        /// <summary>What a quiet session sends: a small record each way, ten times a second.</summary>
        private async Task TalkAsync(WebSocket host, WebSocket viewer)
        {
            var record = new byte[400];
            try
            {
                while (!_over.IsCancellationRequested)
                {
                    await host.SendBinaryAsync(record, _over.Token);
                    await viewer.ReceiveBinaryAsync(_over.Token);
                    await viewer.SendBinaryAsync(record, _over.Token);
                    await host.ReceiveBinaryAsync(_over.Token);
                    await Task.Delay(TrafficPause, TimeProvider.System, _over.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The measurement is over.
            }
        }

        private static double Percentile(List<double> values, double share)
        {
            var sorted = values.Order().ToList();
            return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
        }

        public async ValueTask DisposeAsync()
        {
            await _over.CancelAsync();
            await Task.WhenAll(_traffic);
            foreach (var desk in _desks)
                await desk.DisposeAsync();
            foreach (var (host, viewer) in _sessions)
            {
                host.Dispose();
                viewer.Abort();
            }

            _waiting.ForEach(host => host.Dispose());
            _technician.Dispose();
            _over.Dispose();
        }
    }
}
