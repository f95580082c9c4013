using System.Net.WebSockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Nabij.Server.Relay;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Tests.Relay;

/// <summary>One relayed run between two real client sockets through a real Kestrel on a free port, without the rendezvous.</summary>
internal sealed class RelayBench : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly TaskCompletionSource<RelayOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _patience = new(Patience);

    private RelayBench(WebApplication app) => _app = app;

    internal ClientWebSocket Host { get; } = new();

    internal ClientWebSocket Viewer { get; } = new();

    internal RelayRun Run { get; private set; } = null!;

    /// <summary>Cancels when a test has waited far too long for its condition.</summary>
    internal CancellationToken Cancel => _patience.Token;

    internal Task<RelayOutcome> Outcome => _outcome.Task.WaitAsync(Cancel);

    /// <summary>Whether TCP_NOTSENT_LOWAT could be set on both connections.</summary>
    internal bool IsTuned { get; private set; } = true;

    internal static async Task<RelayBench> StartAsync(string limits = "", TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(KestrelBuffers.Apply);
        var bench = new RelayBench(builder.Build());
        await bench.ConnectAsync(new Limits(limits), time ?? TimeProvider.System);
        return bench;
    }

    public async ValueTask DisposeAsync()
    {
        Host.Abort();
        Viewer.Abort();
        await _app.DisposeAsync();
        Host.Dispose();
        Viewer.Dispose();
        _patience.Dispose();
    }

    private async Task ConnectAsync(Limits limits, TimeProvider time)
    {
        var host = new TaskCompletionSource<WebSocket>(TaskCreationOptions.RunContinuationsAsynchronously);
        _app.UseWebSockets();
        _app.Map("/host", async context =>
        {
            IsTuned &= SocketTuning.Apply(context);
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            host.SetResult(socket);
            await _outcome.Task;
        });
        _app.Map("/viewer", async context =>
        {
            IsTuned &= SocketTuning.Apply(context);
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await RunAsync(await host.Task, socket, limits, time);
        });
        await _app.StartAsync(Cancel);
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("http", "ws", StringComparison.Ordinal);
        await Host.ConnectAsync(new Uri($"{address}/host"), Cancel);
        await Viewer.ConnectAsync(new Uri($"{address}/viewer"), Cancel);
    }

    private async Task RunAsync(WebSocket host, WebSocket viewer, Limits limits, TimeProvider time)
    {
        try
        {
            Run = new RelayRun(host, viewer, new OrganizationBudgets(limits, time), limits, time);
            _outcome.SetResult(await Run.RunAsync(host.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).AsTask()));
        }
        catch (Exception exception)
        {
            _outcome.TrySetException(exception);
        }
    }
}
