using Nabij.Protocol.Rendezvous;

namespace Nabij.Server.Rendezvous;

/// <summary>What a host's lease means at its next registration: the place it may claim and the run it reports on.</summary>
internal sealed class Seating(IDirectory directory, LeaseStamp stamp, SessionLedger ledger, WrongCodes wrongCodes)
{
    internal IDirectory Directory { get; } = directory;

    internal static string TextOf(Register register) =>
        register.Lease is { } lease ? Convert.ToHexStringLower(lease.Span) : throw new InvalidOperationException("The host claimed no lease.");

    internal Lease? ReadLease(Guid organization, Register register) =>
        register.Lease is null ? null : stamp.Read(organization, TextOf(register));

    /// <summary>Takes the host's word on its last run; a wrong code counts against the technician who joined it.</summary>
    internal async Task ReportAsync(Guid organization, Lease lease, RunOutcome outcome, CancellationToken cancellation)
    {
        if (await ledger.ReportAsync(organization, lease.Fingerprint, outcome, cancellation) is { } who && outcome is RunOutcome.WrongCode)
            await wrongCodes.CountAsync(organization, who, WrongCode.WrongConfirmation, cancellation);
    }
}
