namespace Nabij.Server.Accounts;

/// <summary>Names of the authorization policies. What carries none needs a complete sign-in; nothing is open by default.</summary>
internal static class Policies
{
    /// <summary>Role technician: the desk and its sockets.</summary>
    internal const string Technician = "technician";

    /// <summary>Role owner or admin.</summary>
    internal const string Admin = "admin";

    /// <summary>A risky act: proven by a second factor or a passkey not long ago. Beside one of the others.</summary>
    internal const string Confirmed = "confirmed";
}
