namespace Nabij.Server.Accounts;

/// <summary>By what a sign-in was made, as the database and the audit chain name it.</summary>
internal static class SignInWay
{
    internal const string Password = "password", Passkey = "passkey", Provider = "provider";

    /// <summary>A recovery code in place of a lost passkey; a new passkey follows before anything opens.</summary>
    internal const string Recovery = "recovery";
}
