using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Nabij.Protocol;
using Nabij.Protocol.Log;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Organizations;
using Nabij.Server.Relay;
using Nabij.Server.Storage;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// The runs of this node, from the opened record over PAIRED to the closed record. Each belongs to the technician's
/// request handler; the host's handler waits for it. A run ends with the sign-in, with the server, or as the relay
/// decides. Thread-safe.
/// </summary>
internal sealed partial class TechnicianRuns(
    WaitingRoom room, ResumeRoom returning, ResumeStamp stamp, SessionLedger ledger, RecordsKeys records, TechnicianSignIns signIns, Limits limits, TimeProvider time,
    ILogger<TechnicianRuns> logger)
{
    /// <summary>
    /// How often the sign-in behind a running session is looked up; ending it by hand works at once. Behind a relative's run
    /// stand the technicians of the session: without one the relay would carry anything for anybody.
    /// </summary>
    private static readonly TimeSpan SignInCheck = TimeSpan.FromMinutes(1);

    private const int SessionIdDigits = 32;

    private readonly ConcurrentDictionary<string, LiveRun> _runs = new(StringComparer.Ordinal);

    /// <summary>What the runs of one organization share; as many as this server has organizations.</summary>
    private readonly ConcurrentDictionary<Guid, OrganizationBudgets> _budgets = new();
    private volatile bool _closing;

    internal int Count => _runs.Count;

    /// <summary>Bytes that all runs since the start have carried, live ones included.</summary>
    internal (long FromHosts, long FromViewers) Carried() => (_budgets.Values.Sum(shared => shared.FromHosts.Spent), _budgets.Values.Sum(shared => shared.FromViewers.Spent));

    /// <summary>Pairs a claimed host with the technician's socket, relays until the end and gives the host back.</summary>
    internal async Task RunAsync(WaitingHost host, WebSocket viewer, Ticket ticket, CancellationToken signedOut)
    {
        var session = NewSession(host, ticket);
        var run = new LiveRun(host, Relay(host.Socket, viewer, ticket));
        try
        {
            await ledger.BeginAsync(session, CancellationToken.None);
            LogPaired(session.Id);
            await RelayAsync(run, session, ticket, (() => TellAsync(host, viewer, session.Id, ticket), host.Ready, null), signedOut);
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            LogStorage(session.Id, problem.Name, problem.ForOperator);
            await host.Socket.CloseAsync(SocketCloseCode.PeerGone, time);
            await viewer.RefuseAsync(new Refused(RefusalReason.Unavailable, 0), time);
        }
        finally
        {
            // The nameplate of one who was invited serves once.
            await room.LeaveAsync(host, host.Admission.InvitedBy is null ? LeaveReason.Interrupted : LeaveReason.Expired);
            host.RunOver.TrySetResult();
        }
    }

    /// <summary>Both sides of an interrupted run are back: relays until the next end and gives the host's socket back.</summary>
    internal async Task ResumeAsync((ReturningSide Host, ReturningSide Viewer) sides, InterruptedRun interrupted, CancellationToken signedOut)
    {
        var ((host, viewer), session) = (sides, interrupted.Session);
        var ticket = interrupted.Ticket ?? throw new ArgumentException("The viewer's side carries the run.", nameof(interrupted));
        var run = new LiveRun(null, Relay(host.Socket, viewer.Socket, ticket));
        try
        {
            if (await ledger.ReopenAsync(ticket.Organization, session.Id, CancellationToken.None))
            {
                LogResumed(session.Id);
                await RelayAsync(run, session, ticket, (() => TellAsync(host.Socket, viewer.Socket, session.Id), host.Ready, viewer.Ready), signedOut);
                return;
            }
            await Task.WhenAll(host.Socket.CloseAsync(SocketCloseCode.ResumeRefused, time), viewer.Socket.CloseAsync(SocketCloseCode.ResumeRefused, time));
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            LogStorage(session.Id, problem.Name, problem.ForOperator);
            var refusal = new Refused(RefusalReason.Unavailable, 0);
            await Task.WhenAll(host.Socket.RefuseAsync(refusal, time), viewer.Socket.RefuseAsync(refusal, time));
        }
        finally
        {
            host.RunOver.TrySetResult();
        }
    }

    /// <summary>A side of the run came back on a new socket: ends what is left of the run, and waits until its record says so.</summary>
    internal async Task BreakOffAsync(string id)
    {
        if (!_runs.TryGetValue(id, out var run))
            return;
        run.Relay.End(RelayEnd.Replaced);
        await run.Over.Task;
    }

    /// <summary>The technician's page says that the handshake succeeded. The nameplate is given up: a session holds none.</summary>
    internal async Task<bool> StartAsync(Guid organization, Guid technician, string id, CancellationToken cancellation)
    {
        if (!await ledger.StartAsync(organization, technician, id, cancellation))
            return false;
        if (_runs.TryGetValue(id, out var run) && run.Host is { } host)
            await room.LeaveAsync(host, LeaveReason.Succeeded);
        return true;
    }

    /// <summary>The server stops: every run ends with 4006, and every later one at once.</summary>
    internal void Close()
    {
        _closing = true;
        foreach (var run in _runs.Values)
            run.Relay.End(RelayEnd.GoingAway);
    }

    private RelayRun Relay(WebSocket host, WebSocket viewer, Ticket ticket) =>
        new(host, viewer, _budgets.GetOrAdd(ticket.Organization, _ => new OrganizationBudgets(limits, time)), limits, time);

    /// <summary>One connection of a run, from the word to both sides to the closed record.</summary>
    private async Task RelayAsync(
        LiveRun run, SupportSession session, Ticket ticket,
        (Func<Task> Tell, Task<ValueWebSocketReceiveResult> HostReady, Task<ValueWebSocketReceiveResult>? ViewerReady) start, CancellationToken signedOut)
    {
        using var over = new CancellationTokenSource();
        _runs[session.Id] = run;
        try
        {
            await using var ending = signedOut.Register(() => run.Relay.End(RelayEnd.SignedOut));
            if (_closing)
                run.Relay.End(RelayEnd.GoingAway);
            var checking = CheckSignInAsync(ticket, session, run.Relay, over.Token);
            await start.Tell();
            var outcome = await run.Relay.RunAsync(start.HostReady, start.ViewerReady);
            await over.CancelAsync();
            await checking;
            LogEnded(session.Id, outcome.End, outcome.BytesFromHost, outcome.BytesFromViewer);
            if (outcome.End is RelayEnd.HostClosed or RelayEnd.ViewerClosed or RelayEnd.SignedOut)
                returning.End(session.Id);
            await ledger.EndAsync(ticket.Organization, session.Id, outcome, CancellationToken.None);
        }
        finally
        {
            _runs.TryRemove(session.Id, out _);
            run.Over.TrySetResult();
        }
    }

    /// <summary>PAIRED to both, first to the host. A side that has just gone is the relay's to find.</summary>
    private async Task TellAsync(WaitingHost host, WebSocket viewer, string id, Ticket ticket)
    {
        var (session, registered, seconds) = (Convert.FromHexString(id), host.Admission.Offered, (ulong)limits.ResumeWindow.TotalSeconds);
        var toHost = new PairedHost
        {
            Session = session,
            Cookie = stamp.Issue(Party.Host, session, new ResumeClaim(ticket.Organization, null)),
            ResumeSeconds = seconds,
            Receipt = records.Receipt(ticket.Organization, Stated(session, host.Admission)),
        };
        var toViewer = new PairedViewer
        {
            SidC = registered.SidC,
            Versions = registered.Versions,
            Suites = registered.Suites,
            Session = session,
            Cookie = stamp.Issue(Party.Viewer, session, new ResumeClaim(ticket.Organization, ticket.SignIn)),
            ResumeSeconds = seconds,
        };
        await TellAsync((host.Socket, toHost), (viewer, toViewer), id);
    }

    private ReceiptSubject Stated(byte[] session, Admission admission) => new(
        session, admission.Offered.SidC, Convert.FromHexString(admission.ConsentHash), (ulong)time.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>REJOINED to both, first to the host.</summary>
    private Task TellAsync(WebSocket host, WebSocket viewer, string id)
    {
        var rejoined = new Rejoined { Session = Convert.FromHexString(id) };
        return TellAsync((host, rejoined), (viewer, rejoined), id);
    }

    private async Task TellAsync((WebSocket Socket, RendezvousMessage Message) host, (WebSocket Socket, RendezvousMessage Message) viewer, string id)
    {
        using var deadline = new CancellationTokenSource(SocketMessages.SendWait, time);
        try
        {
            await host.Socket.SendAsync(host.Message, deadline.Token);
            await viewer.Socket.SendAsync(viewer.Message, deadline.Token);
        }
        catch (Exception exception) when (SocketClose.IsGone(exception))
        {
            LogGoneAtPairing(id);
        }
    }

    private async Task CheckSignInAsync(Ticket ticket, SupportSession session, RelayRun relay, CancellationToken over)
    {
        using var timer = new PeriodicTimer(SignInCheck, time);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                if (!await StandsAsync(ticket, session, over))
                    relay.End(RelayEnd.SignedOut);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    /// <summary>A database that cannot answer now ends no session.</summary>
    private async Task<bool> StandsAsync(Ticket ticket, SupportSession session, CancellationToken cancellation)
    {
        try
        {
            return ticket.IsRelative
                ? await ledger.HasTechnicianAsync(ticket.Organization, session.Root, limits.ResumeWindow, cancellation)
                : await signIns.KeepAsync(ticket, cancellation);
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is not null)
        {
            return true;
        }
    }

    private SupportSession NewSession(WaitingHost host, Ticket ticket) => new()
    {
        OrganizationId = ticket.Organization,
        Id = RandomNumberGenerator.GetHexString(SessionIdDigits, lowercase: true),
        TechnicianId = host.Admission.InvitedBy is { } inviting && ticket.IsRelative ? inviting.TechnicianId : ticket.Technician,
        ParentId = host.Admission.InvitedBy?.Root,
        Role = ticket.IsRelative ? SupportSession.RelativeRole : SupportSession.TechnicianRole,
        TechnicianAddress = ticket.Address,
        Nameplate = host.Customer.Nameplate,
        ConsentHash = host.Admission.ConsentHash,
        CustomerName = host.Customer.Person.Name,
        Language = host.Customer.Person.Language,
        Platform = host.Customer.Person.Platform,
        Program = host.Admission.Offered.Program,
        LeaseHash = LeaseStamp.Fingerprint(host.Admission.Lease),
        PairedAt = time.GetUtcNow(),
        WaitedMs = (long)(time.GetUtcNow() - host.Customer.Since).TotalMilliseconds,
    };

    [LoggerMessage(1, LogLevel.Information, "Session {Session}: paired")]
    private partial void LogPaired(string session);

    [LoggerMessage(2, LogLevel.Information, "Session {Session}: ended, {End}, {FromHost} bytes from the host, {FromViewer} from the viewer")]
    private partial void LogEnded(string session, RelayEnd end, long fromHost, long fromViewer);

    [LoggerMessage(3, LogLevel.Information, "Session {Session}: a side was gone before it heard of the pairing")]
    private partial void LogGoneAtPairing(string session);

    [LoggerMessage(4, LogLevel.Error, "Session {Session} could not be recorded. Storage problem {Name}: {Explanation}")]
    private partial void LogStorage(string session, string name, string explanation);

    [LoggerMessage(5, LogLevel.Information, "Session {Session}: resumed")]
    private partial void LogResumed(string session);

    /// <summary>A run that is being relayed. <paramref name="Host"/> is null after a resume: no nameplate hangs on it any more.</summary>
    private sealed record LiveRun(WaitingHost? Host, RelayRun Relay)
    {
        /// <summary>Completed when the record of the run is closed.</summary>
        internal TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
