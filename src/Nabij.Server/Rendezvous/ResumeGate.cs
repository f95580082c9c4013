using Nabij.Protocol;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// Decides about one RESUME (chapter 01, step 10): the address's limit, the cookie, the record of the run, and for the
/// viewer the sign-in. What is left of the run's old connection ends on the way. Thread-safe.
/// </summary>
internal sealed partial class ResumeGate(
    ResumeStamp stamp, ResumeRoom room, TechnicianRuns runs, SessionLedger ledger, TechnicianSignIns signIns, Limits limits, TimeProvider time,
    ILogger<ResumeGate> logger)
{
    private static readonly Refused Unknown = new(RefusalReason.Unknown, 0);

    private readonly AttemptLimit _attempts = new([new AttemptWindow(limits.ResumesPerMinute, TimeSpan.FromMinutes(1))], time);

    /// <summary>What the cookie carries, or the refusal. Touches no record.</summary>
    internal (ResumeClaim? Claim, Refused? Refusal) Check(Resume resume, Party side, string address)
    {
        if (!_attempts.TryCount(address, out var retryAfter))
            return (null, HostRegistration.Limited(retryAfter));
        var claim = stamp.Read(side, resume.Session.Span, resume.Cookie.Span);
        return (claim, claim is null ? Unknown : null);
    }

    /// <summary>The run that may be resumed, or the refusal.</summary>
    internal async Task<(InterruptedRun? Run, Refused? Refusal)> AdmitAsync(ResumeClaim claim, string run, string address, CancellationToken cancellation)
    {
        try
        {
            // Whoever may not come back ends nothing of what is still there; and its end may say more than a lost line.
            if (await FindAsync(claim, run, address, cancellation) is null)
                return (null, Unknown);
            await runs.BreakOffAsync(run);
            return await FindAsync(claim, run, address, cancellation) is { } found ? (found, null) : (null, Unknown);
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            LogStorage(run, problem.Name, problem.ForOperator);
            return (null, new Refused(RefusalReason.Unavailable, 0));
        }
    }

    private async Task<InterruptedRun?> FindAsync(ResumeClaim claim, string run, string address, CancellationToken cancellation)
    {
        if (room.HasEnded(run) || await ledger.FindInterruptedAsync(claim.Organization, run, limits.ResumeWindow, cancellation) is not { } found)
            return null;
        var (session, left) = found;
        if (claim.SignIn is not { } signIn)
            return new InterruptedRun(session, left, null);
        var ticket = new Ticket(claim.Organization, session.TechnicianId, signIn, session.Nameplate) { Address = address };
        return await signIns.KeepAsync(ticket, cancellation) ? new InterruptedRun(session, left, ticket) : null;
    }

    [LoggerMessage(1, LogLevel.Error, "Session {Session} could not be looked up for a resume. Storage problem {Name}: {Explanation}")]
    private partial void LogStorage(string session, string name, string explanation);
}
