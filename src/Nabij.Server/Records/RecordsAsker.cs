using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;

namespace Nabij.Server.Records;

/// <summary>Who asks for records, and which of them this person may see.</summary>
/// <param name="Who">The signed-in person.</param>
/// <param name="Organization">Whose records.</param>
/// <param name="Page">The page that answers.</param>
/// <param name="SeesAll">False for a technician who sees the own sessions only.</param>
internal sealed record RecordsAsker(SignedIn Who, Organization Organization, PageContext Page, bool SeesAll)
{
    internal OrganizationTime Time { get; } = OrganizationTime.Of(Organization);

    /// <summary>Whether all sessions, and exports of them, are this person's business. Not an auditor's: they name customers.</summary>
    internal bool IsOverseer => IsOne(Role.Owner, Role.Admin);

    internal bool IsOne(params string[] roles) => roles.Any(Page.Roles.Contains);

    internal string Actor => Who.AccountId.ToString();
}
