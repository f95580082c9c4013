using Nabij.Server.Audit;
using Nabij.Server.HelpPage;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Records;

/// <summary>The columns of each export. A new one goes to the end: people's spreadsheets count columns.</summary>
internal static class ExportTables
{
    internal static ExportTable<SessionLine> Sessions(IReadOnlyDictionary<Guid, string> names) => new(
    [
        ("session", row => row.Id),
        ("paired", row => row.Paired),
        ("started", row => Time(row.StartedAt)),
        ("ended", row => Time(row.EndedAt)),
        ("seconds", row => row.Duration is { } length ? (long)length.TotalSeconds : null),
        ("waited_seconds", row => row.WaitedMs / 1000),
        ("technician", row => names.GetValueOrDefault(row.TechnicianId, "")),
        ("technician_id", row => row.TechnicianId.ToString()),
        ("customer", row => row.CustomerName),
        ("nameplate", row => row.Nameplate),
        ("language", row => row.Language),
        ("platform", row => row.Platform),
        ("program", row => row.Program),
        ("end_reason", row => row.StartedAt is null ? null : row.EndReason),
        ("outcome", row => row.Outcome),
        ("bytes_from_customer", row => row.BytesFromHost),
        ("bytes_to_customer", row => row.BytesFromViewer),
        ("consent", row => row.ConsentHash),
        ("name_erased", row => Time(row.ErasedAt)),
        ("role", row => row.Role),
        ("joined_session", row => row.ParentId),
        ("state", SessionState.Of),
    ]);

    internal static readonly ExportTable<Consent> Consents = new(
    [
        ("consent", row => row.RecordHash),
        ("terms", row => row.TermsId),
        ("version", row => row.TermsVersion),
        ("language", row => row.Language),
        ("terms_sha256", row => row.TermsHash),
        ("licence_sha256", row => row.LicenceHash),
        ("terms_ticked", row => (row.Ticks & 1) != 0),
        ("licence_ticked", row => (row.Ticks & 2) != 0),
        ("backup", row => row.Backup),
        ("accepted", row => row.AcceptedAt),
        ("received", row => row.ReceivedAt),
    ]);

    internal static readonly ExportTable<Acceptance> Acceptances = new(
    [
        ("acceptance", row => row.Id.ToString()),
        ("terms", row => row.TermsId),
        ("version", row => row.TermsVersion),
        ("language", row => row.Language),
        ("terms_sha256", row => row.TermsSha256),
        ("licence_sha256", row => row.LicenceSha256),
        ("terms_ticked", row => row.TermsTick),
        ("licence_ticked", row => row.LicenceTick),
        ("backup", row => row.Backup),
        ("accepted", row => row.AcceptedAt),
    ]);

    /// <summary>With these columns, and nothing else, the chain can be computed again (docs/records.md).</summary>
    internal static readonly ExportTable<AuditEvent> Audit = new(
    [
        ("seq", row => row.Seq),
        ("time", row => row.Time),
        ("actor", row => row.Actor),
        ("action", row => row.Action),
        ("object", row => row.Object),
        ("outcome", row => row.Outcome),
        ("details", row => row.Details),
        ("salt", row => row.Salt),
        ("commitment", row => row.Commitment),
        ("previous_hash", row => row.PreviousHash),
        ("hash", row => row.Hash),
    ]);

    private static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
