using Nabij.Protocol.Rendezvous;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// Decides about one REGISTER: organization, limits, the report on the last run, the consent record, a nameplate.
/// Either an admission or a refusal comes out. Thread-safe.
/// </summary>
internal sealed partial class HostRegistration(
    OrganizationDirectory organizations, RegistrationLimit limit, SessionLedger ledger, Seating seating, ILogger<HostRegistration> logger)
{
    internal async Task<(Admission? Admission, Refused? Refusal)> AdmitAsync(Register register, string address, CancellationToken cancellation)
    {
        if (!limit.TryCount(address, out var retryAfter))
            return (null, Limited(retryAfter));
        try
        {
            return await DecideAsync(register, address, cancellation);
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            LogStorage(problem.Name, problem.ForOperator);
            return (null, new Refused(RefusalReason.Unavailable, 0));
        }
    }

    internal static Refused Limited(TimeSpan retryAfter) => new(RefusalReason.Limited, (ulong)Math.Ceiling(retryAfter.TotalSeconds));

    private async Task<(Admission? Admission, Refused? Refusal)> DecideAsync(Register register, string address, CancellationToken cancellation)
    {
        if (await organizations.FindAsync(register.Organization, cancellation) is not { } organization)
            return (null, new Refused(RefusalReason.Organization, 0));
        var claim = seating.ReadLease(organization.Id, register);
        if (claim is not null && register.Outcome is not RunOutcome.None)
            await seating.ReportAsync(organization.Id, claim, register.Outcome, cancellation);
        if (await ledger.KeepConsentAsync(organization.Id, register.Consent, cancellation) is not { } consent)
            return (null, new Refused(RefusalReason.Outdated, 0));

        var person = new WaitingPerson(register.CustomerName, register.Language, register.Platform);
        var outcome = await seating.Directory.WaitAsync(new WaitingRequest(organization.Id, person, address, claim), cancellation);
        if (outcome.Customer is not { } customer)
        {
            var reason = outcome.Refusal is WaitingRefusal.Full ? RefusalReason.Full : RefusalReason.Limited;
            return (null, new Refused(reason, 0));
        }
        var lease = outcome.Lease ?? Seating.TextOf(register);
        return (new Admission(organization.Id, customer, lease, register) { ConsentHash = consent, Replaced = outcome.Replaced }, null);
    }

    [LoggerMessage(1, LogLevel.Error, "A customer could not be registered. Storage problem {Name}: {Explanation}")]
    private partial void LogStorage(string name, string explanation);
}
