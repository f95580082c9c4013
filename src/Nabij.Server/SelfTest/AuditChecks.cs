using Nabij.Server.Audit;
using Nabij.Server.Organizations;

namespace Nabij.Server.SelfTest;

/// <summary>Whether an organization's key is here, and its audit log whole from the last signed checkpoint on; `verify-audit` looks at all of it.</summary>
internal sealed class AuditChecks(AuditVerification verification, OrganizationKeys keys)
{
    /// <summary>Null when the key can be read.</summary>
    internal Finding? FindMissingKey(Organization organization) =>
        keys.FindUnreadable(organization.Id) is { } file ? Finding.Bad("key.missing", file) : null;

    internal async Task<Finding> FindAsync(Organization organization, CancellationToken cancellation)
    {
        var report = await verification.VerifyEndAsync(organization.Id, cancellation);
        if (report.Problem is { } problem)
            return Finding.Bad("audit.broken", report.Count, problem);
        return report.Doubt is { } doubt ? Finding.Bad("audit.unproven", report.Count, doubt) : Finding.Good("audit.good", report.Count, report.From);
    }
}
