using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Nabij.Protocol;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Relay;
using Nabij.Server.Storage;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// The runs of this node, from the opened record over PAIRED to the closed record. Each belongs to the technician's
/// request handler; the host's handler waits for it. A run ends with the sign-in, with the server, or as the relay
/// decides. Thread-safe.
/// </summary>
internal sealed partial class TechnicianRuns(
    WaitingRoom room, SessionLedger ledger, TechnicianSignIns signIns, Limits limits, TimeProvider time, ILogger<TechnicianRuns> logger)
{
    /// <summary>How often the sign-in behind a running session is looked up; ending it by hand works at once.</summary>
    private static readonly TimeSpan SignInCheck = TimeSpan.FromMinutes(1);

    private const int SessionIdDigits = 32;

    private readonly ConcurrentDictionary<string, (WaitingHost Host, RelayRun Relay)> _runs = new(StringComparer.Ordinal);

    /// <summary>What the runs of one organization share; as many as this server has organizations.</summary>
    private readonly ConcurrentDictionary<Guid, OrganizationBudgets> _budgets = new();
    private volatile bool _closing;

    internal int Count => _runs.Count;

    /// <summary>Pairs a claimed host with the technician's socket, relays until the end and gives the host back.</summary>
    internal async Task RunAsync(WaitingHost host, WebSocket viewer, Ticket ticket, CancellationToken signedOut)
    {
        var session = NewSession(host, ticket);
        try
        {
            await ledger.BeginAsync(session, CancellationToken.None);
            LogPaired(session.Id);
            var outcome = await RelayAsync(host, viewer, (session, ticket), signedOut);
            LogEnded(session.Id, outcome.End, outcome.BytesFromHost, outcome.BytesFromViewer);
            await ledger.EndAsync(ticket.Organization, session.Id, outcome, CancellationToken.None);
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            LogStorage(session.Id, problem.Name, problem.ForOperator);
            await host.Socket.CloseAsync(SocketCloseCode.PeerGone, time);
            await viewer.RefuseAsync(new Refused(RefusalReason.Unavailable, 0), time);
        }
        finally
        {
            await room.LeaveAsync(host, LeaveReason.Interrupted);
            host.RunOver.TrySetResult();
        }
    }

    /// <summary>The technician's page says that the handshake succeeded. The nameplate is given up: a session holds none.</summary>
    internal async Task<bool> StartAsync(Guid organization, Guid technician, string id, CancellationToken cancellation)
    {
        if (!await ledger.StartAsync(organization, technician, id, cancellation))
            return false;
        if (_runs.TryGetValue(id, out var run))
            await room.LeaveAsync(run.Host, LeaveReason.Succeeded);
        return true;
    }

    /// <summary>The server stops: every run ends with 4006, and every later one at once.</summary>
    internal void Close()
    {
        _closing = true;
        foreach (var run in _runs.Values)
            run.Relay.End(RelayEnd.GoingAway);
    }

    private async Task<RelayOutcome> RelayAsync(
        WaitingHost host, WebSocket viewer, (SupportSession Session, Ticket Ticket) run, CancellationToken signedOut)
    {
        var relay = new RelayRun(host.Socket, viewer, _budgets.GetOrAdd(run.Ticket.Organization, _ => new OrganizationBudgets(limits, time)), limits, time);
        using var over = new CancellationTokenSource();
        _runs[run.Session.Id] = (host, relay);
        try
        {
            await using var ending = signedOut.Register(() => relay.End(RelayEnd.SignedOut));
            if (_closing)
                relay.End(RelayEnd.GoingAway);
            var checking = CheckSignInAsync(run.Ticket, relay, over.Token);
            await TellAsync(host, viewer, Convert.FromHexString(run.Session.Id));
            var outcome = await relay.RunAsync(host.Ready);
            await over.CancelAsync();
            await checking;
            return outcome;
        }
        finally
        {
            _runs.TryRemove(run.Session.Id, out _);
        }
    }

    /// <summary>PAIRED to both, first to the host. A side that has just gone is the relay's to find.</summary>
    private async Task TellAsync(WaitingHost host, WebSocket viewer, byte[] session)
    {
        using var deadline = new CancellationTokenSource(SocketMessages.SendWait, time);
        var registered = host.Admission.Registered;
        try
        {
            await host.Socket.SendAsync(new PairedHost { Session = session }, deadline.Token);
            await viewer.SendAsync(
                new PairedViewer { SidC = registered.SidC, Versions = registered.Versions, Suites = registered.Suites, Session = session }, deadline.Token);
        }
        catch (Exception exception) when (SocketClose.IsGone(exception))
        {
            LogGoneAtPairing(Convert.ToHexStringLower(session));
        }
    }

    private async Task CheckSignInAsync(Ticket ticket, RelayRun relay, CancellationToken over)
    {
        using var timer = new PeriodicTimer(SignInCheck, time);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                if (!await StandsAsync(ticket, over))
                    relay.End(RelayEnd.SignedOut);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    /// <summary>A database that cannot answer now ends no session.</summary>
    private async Task<bool> StandsAsync(Ticket ticket, CancellationToken cancellation)
    {
        try
        {
            return await signIns.KeepAsync(ticket, cancellation);
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
        TechnicianId = ticket.Technician,
        TechnicianAddress = ticket.Address,
        Nameplate = host.Customer.Nameplate,
        ConsentHash = host.Admission.ConsentHash,
        CustomerName = host.Customer.Person.Name,
        Language = host.Customer.Person.Language,
        Platform = host.Customer.Person.Platform,
        Program = host.Admission.Registered.Program,
        LeaseHash = LeaseStamp.Fingerprint(host.Admission.Lease),
        PairedAt = time.GetUtcNow(),
    };

    [LoggerMessage(1, LogLevel.Information, "Session {Session}: paired")]
    private partial void LogPaired(string session);

    [LoggerMessage(2, LogLevel.Information, "Session {Session}: ended, {End}, {FromHost} bytes from the host, {FromViewer} from the viewer")]
    private partial void LogEnded(string session, RelayEnd end, long fromHost, long fromViewer);

    [LoggerMessage(3, LogLevel.Information, "Session {Session}: a side was gone before it heard of the pairing")]
    private partial void LogGoneAtPairing(string session);

    [LoggerMessage(4, LogLevel.Error, "Session {Session} could not be recorded. Storage problem {Name}: {Explanation}")]
    private partial void LogStorage(string session, string name, string explanation);
}
