using System.Net;
using Nabij.Server.Organizations;

namespace Nabij.Server.Accounts;

/// <summary>Whether somebody may work now and from here: by the person's own hours and networks where there are such, else by the organization's.</summary>
internal static class Admittance
{
    /// <summary>
    /// What is at work when the hours end may go on so long: a session that is cut off in the middle of a repair does more
    /// harm than a late evening. Nobody signs in during it.
    /// </summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    internal static AdmittanceRefusal? AtSignIn(Organization organization, Account account, (DateTimeOffset Now, IPAddress? Address) at)
    {
        if (!Networks(organization, account).Contains(at.Address))
            return AdmittanceRefusal.NotHere;
        return Hours(organization, account).Contains(OrganizationTime.Of(organization).Local(at.Now)) ? null : AdmittanceRefusal.NotNow;
    }

    /// <summary>As at the sign-in, but what is at work has the grace.</summary>
    internal static bool Stands(Organization organization, Account account, (DateTimeOffset Now, IPAddress? Address) at) =>
        AtSignIn(organization, account, at) is null || AtSignIn(organization, account, (at.Now - Grace, at.Address)) is null;

    private static WorkingHours Hours(Organization organization, Account account) => WorkingHours.Stored(account.OwnHours ?? organization.Hours);

    private static AllowedNetworks Networks(Organization organization, Account account) => AllowedNetworks.Stored(account.OwnNetworks ?? organization.Networks);
}

/// <summary>Why somebody may not work.</summary>
internal enum AdmittanceRefusal
{
    NotNow,

    NotHere,
}
