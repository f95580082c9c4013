namespace Nabij.Server.Accounts;

/// <summary>What the page shows that asks a signed-in person to prove again to be there.</summary>
public sealed record ConfirmForm
{
    public required string ReturnPath { get; init; }

    /// <summary>A passkey of this person serves here.</summary>
    public required bool WithPasskey { get; init; }

    /// <summary>A code of the authenticator serves here.</summary>
    public required bool WithCode { get; init; }

    /// <summary>The password serves here: there is no second step, and passwords count.</summary>
    public required bool WithPassword { get; init; }

    /// <summary>What people call the identity provider, where this person can confirm by it; null elsewhere.</summary>
    public string? Provider { get; init; }

    /// <summary>For the browser, which may know the password by it.</summary>
    public required string Email { get; init; }

    public string? Problem { get; init; }
}
