using System.Net.WebSockets;
using Nabij.Protocol;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Relay;

/// <summary>
/// One paired run: two independent pumps between the host's and the viewer's socket, and one watch for a side that
/// takes nothing. Blind: no key, no content, only lengths. It ends on the first of: a side goes, a side breaks the
/// rules, a stall, or <see cref="End"/>; then both sockets get their close code within <see cref="CloseWait"/> and
/// are broken off if they do not answer. The sockets belong to their request handlers, which dispose them.
/// </summary>
internal sealed class RelayRun
{
    /// <summary>How long the last bytes and the close frames may take.</summary>
    internal static readonly TimeSpan CloseWait = TimeSpan.FromSeconds(2);

    /// <summary>A side that has come back waits for this; the old connection of it is dead and answers nothing.</summary>
    internal static readonly TimeSpan ReplaceWait = TimeSpan.FromMilliseconds(250);

    private const int StallChecks = 6;

    private readonly WebSocket _host;
    private readonly WebSocket _viewer;
    private readonly TimeSpan _stall;
    private readonly TimeProvider _time;
    private readonly RelayPump _fromHost;
    private readonly RelayPump _fromViewer;
    private readonly TaskCompletionSource<RelayEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="host">The host's socket.</param>
    /// <param name="viewer">The viewer's socket.</param>
    /// <param name="organization">What all sessions of the organization share.</param>
    /// <param name="limits">Of this run.</param>
    /// <param name="time">Clock of budgets and stalls.</param>
    internal RelayRun(WebSocket host, WebSocket viewer, OrganizationBudgets organization, Limits limits, TimeProvider time)
    {
        _host = host;
        _viewer = viewer;
        _stall = limits.RelayStall;
        _time = time;
        var tally = new SessionTally(limits.RelaySessionBytes);
        _fromHost = new RelayPump(host, viewer, (Budget(), organization.FromHosts), tally, time);
        _fromViewer = new RelayPump(viewer, host, (Budget(), organization.FromViewers), tally, time);

        ByteBudget Budget() => new(limits.RelayBitsPerSecond, limits.RelayBurstBits, time);
    }

    /// <summary>Ends the run from outside; the first reason counts.</summary>
    internal void End(RelayEnd why) => _ended.TrySetResult(why);

    /// <summary>Runs until the end and never throws for what the peers do.</summary>
    /// <param name="hostReady">The receive of no bytes that waited on the host's socket before it was paired.</param>
    /// <param name="viewerReady">Likewise on the viewer's, where one waited.</param>
    internal async Task<RelayOutcome> RunAsync(Task<ValueWebSocketReceiveResult> hostReady, Task<ValueWebSocketReceiveResult>? viewerReady = null)
    {
        using var broken = new CancellationTokenSource();
        var fromHost = _fromHost.RunAsync(hostReady, broken.Token);
        var fromViewer = _fromViewer.RunAsync(viewerReady, broken.Token);
        using var watch = _time.CreateTimer(_ => CheckStall(), null, _stall / StallChecks, _stall / StallChecks);

        await Task.WhenAny(fromHost, fromViewer, _ended.Task);
        var end = await DecideAsync(fromHost, fromViewer);
        await CloseAsync(end, fromHost, fromViewer);
        await broken.CancelAsync();
        await Task.WhenAll(fromHost, fromViewer);
        return new RelayOutcome(end, _fromHost.Bytes, _fromViewer.Bytes);
    }

    private async Task<RelayEnd> DecideAsync(Task<PumpEnd> fromHost, Task<PumpEnd> fromViewer)
    {
        if (_ended.Task.IsCompleted)
            return await _ended.Task;
        var (first, other, firstIsHost) = fromHost.IsCompleted ? (fromHost, fromViewer, true) : (fromViewer, fromHost, false);
        var end = await first;
        if (end is PumpEnd.TargetGone)
        {
            // The side that went may have said something before: its own pump passes that on first.
            await Task.WhenAny(other, _ended.Task, Task.Delay(CloseWait, _time));
        }
        return end switch
        {
            PumpEnd.SourceGone => firstIsHost ? RelayEnd.HostGone : RelayEnd.ViewerGone,
            PumpEnd.SourceClosed => firstIsHost ? RelayEnd.HostClosed : RelayEnd.ViewerClosed,
            PumpEnd.SourceRefused => RelayEnd.ResumeRefused,
            PumpEnd.TargetGone => firstIsHost ? RelayEnd.ViewerGone : RelayEnd.HostGone,
            PumpEnd.BadMessage => RelayEnd.BadMessage,
            PumpEnd.TooLarge => RelayEnd.TooLarge,
            _ => throw new InvalidOperationException($"Unknown end {end}."),
        };
    }

    private async Task CloseAsync(RelayEnd end, Task fromHost, Task fromViewer)
    {
        using var deadline = new CancellationTokenSource(end is RelayEnd.Replaced ? ReplaceWait : CloseWait, _time);
        var (toHost, toViewer) = CodesFor(end);
        await Task.WhenAll(
            SocketClose.SendAsync(_host, toHost, deadline.Token),
            SocketClose.SendAsync(_viewer, toViewer, deadline.Token));
        try
        {
            await Task.WhenAll(fromHost, fromViewer).WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _host.Abort();
            _viewer.Abort();
        }
    }

    private static (SocketCloseCode ToHost, SocketCloseCode ToViewer) CodesFor(RelayEnd end) => end switch
    {
        RelayEnd.HostGone or RelayEnd.ViewerGone or RelayEnd.HostClosed or RelayEnd.ViewerClosed or RelayEnd.Replaced =>
            (SocketCloseCode.PeerGone, SocketCloseCode.PeerGone),
        RelayEnd.ResumeRefused => (SocketCloseCode.ResumeRefused, SocketCloseCode.ResumeRefused),
        RelayEnd.BadMessage => (SocketCloseCode.BadMessage, SocketCloseCode.BadMessage),
        RelayEnd.TooLarge => (SocketCloseCode.TooLarge, SocketCloseCode.TooLarge),
        RelayEnd.Stalled => (SocketCloseCode.Stalled, SocketCloseCode.Stalled),
        RelayEnd.GoingAway => (SocketCloseCode.GoingAway, SocketCloseCode.GoingAway),
        RelayEnd.SignedOut => (SocketCloseCode.PeerGone, SocketCloseCode.Refused),
        _ => throw new InvalidOperationException($"Unknown end {end}."),
    };

    private void CheckStall()
    {
        if (IsStalled(_fromHost) || IsStalled(_fromViewer))
            End(RelayEnd.Stalled);
    }

    private bool IsStalled(RelayPump pump) => pump.SendingSince is { } since && _time.GetElapsedTime(since) >= _stall;
}
