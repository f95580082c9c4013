using Nabij.Protocol;
using Nabij.Protocol.People;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Storage;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// Decides about one PARTICIPANT (docs/protocol/01): the cookie of a run that is going on, room for one more in that
/// session, a nameplate for the role. Either an admission or a refusal comes out. Thread-safe.
/// </summary>
internal sealed partial class GuestRegistration(
    ResumeStamp stamp, RegistrationLimit limit, SessionLedger ledger, IDirectory directory, ILogger<GuestRegistration> logger)
{
    internal async Task<(Admission? Admission, Refused? Refusal)> AdmitAsync(RegisterParticipant wanted, string address, CancellationToken cancellation)
    {
        if (!limit.TryCount(address, out var retryAfter))
            return (null, HostRegistration.Limited(retryAfter));
        if (stamp.Read(Party.Host, wanted.Session.Span, wanted.Cookie.Span) is not { } claim)
            return (null, new Refused(RefusalReason.Unknown, 0));
        try
        {
            return await DecideAsync(wanted, claim.Organization, address, cancellation);
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            LogStorage(problem.Name, problem.ForOperator);
            return (null, new Refused(RefusalReason.Unavailable, 0));
        }
    }

    private async Task<(Admission? Admission, Refused? Refusal)> DecideAsync(
        RegisterParticipant wanted, Guid organization, string address, CancellationToken cancellation)
    {
        var run = Convert.ToHexStringLower(wanted.Session.Span);
        if (await ledger.FindRunningAsync(organization, run, cancellation) is not { } found)
            return (null, new Refused(RefusalReason.Unknown, 0));
        var (inviting, count) = found;
        if (count >= PeopleLimits.MostParticipants)
            return (null, new Refused(RefusalReason.Full, 0));
        var person = new WaitingPerson(inviting.CustomerName, inviting.Language, inviting.Platform) { Invites = wanted.Role };
        var outcome = await directory.WaitAsync(new WaitingRequest(organization, person, address, null), cancellation);
        if (outcome.Customer is not { } customer || outcome.Lease is not { } lease)
            return (null, new Refused(outcome.Refusal is WaitingRefusal.Full ? RefusalReason.Unavailable : RefusalReason.Limited, 0));
        await ledger.NoteInvitedAsync(inviting, wanted.Role, customer.Nameplate, cancellation);
        var offered = new HostOffer(wanted.SidC, wanted.Versions, wanted.Suites, inviting.Program);
        return (new Admission(organization, customer, lease, offered) { ConsentHash = inviting.ConsentHash, InvitedBy = inviting }, null);
    }

    [LoggerMessage(1, LogLevel.Error, "One more participant could not be registered. Storage problem {Name}: {Explanation}")]
    private partial void LogStorage(string name, string explanation);
}
