namespace Nabij.Server.Accounts;

/// <summary>Names of the authorization policies. What carries none needs a complete sign-in; nothing is open by default.</summary>
internal static class Policies
{
    /// <summary>Role technician: the desk and its sockets.</summary>
    internal const string Technician = "technician";

    /// <summary>Role owner or admin.</summary>
    internal const string Admin = "admin";

    /// <summary>Roles that see sessions: technicians (their own, or all), admin, owner.</summary>
    internal const string Records = "records";

    /// <summary>Roles that see the receipt of a consent: these, and the auditor.</summary>
    internal const string Receipts = "receipts";

    /// <summary>Roles that see all consents, in which nobody is named: auditor, admin, owner.</summary>
    internal const string Consents = "consents";

    /// <summary>Roles auditor and owner.</summary>
    internal const string AuditLog = "audit-log";

    /// <summary>Roles that see figures: reports, auditor, admin, owner.</summary>
    internal const string Statistics = "statistics";

    /// <summary>Role owner: what decides who can get in at all.</summary>
    internal const string Owner = "owner";

    /// <summary>A risky act: proven by a second factor or a passkey not long ago. Beside one of the others.</summary>
    internal const string Confirmed = "confirmed";
}
