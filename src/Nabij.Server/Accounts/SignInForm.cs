namespace Nabij.Server.Accounts;

/// <summary>What the sign-in page shows again after a refusal. The password is never among it.</summary>
public sealed record SignInForm
{
    public string Email { get; init; } = "";

    /// <summary>Where to go after signing in: a path of this site.</summary>
    public string ReturnPath { get; init; } = "/desk";

    /// <summary>Why it did not work, in words; null at first.</summary>
    public string? Problem { get; init; }

    /// <summary>No password is asked for.</summary>
    public bool PasswordsOff { get; init; }

    /// <summary>What people call the identity provider; null when the organization has none.</summary>
    public string? Provider { get; init; }

    /// <summary>Signed out here, but perhaps not at the provider.</summary>
    public bool StillAtProvider { get; init; }
}
