namespace Nabij.Server.Accounts;

/// <summary>What the page of the second factor shows.</summary>
public sealed record SecondFactorForm
{
    public string ReturnPath { get; init; } = "/desk";

    /// <summary>Where the form is sent to.</summary>
    public string Action { get; init; } = "/sign-in/second-factor";

    public string? Problem { get; init; }

    /// <summary>A passkey of this person serves here.</summary>
    public bool WithPasskey { get; init; }

    /// <summary>An authenticator is set up; else only a recovery code can be typed.</summary>
    public bool WithCode { get; init; } = true;

    /// <summary>While enrolling: the secret in base32, in groups of four. Null once an authenticator is known.</summary>
    public string? Secret { get; init; }

    /// <summary>While enrolling: what the picture code holds.</summary>
    public string? Address { get; init; }
}

/// <summary>The page that shows the recovery codes, once.</summary>
public sealed record RecoveryCodesView
{
    public required IReadOnlyList<string> Codes { get; init; }

    public required string ReturnPath { get; init; }
}
