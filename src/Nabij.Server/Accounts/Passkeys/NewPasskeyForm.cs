namespace Nabij.Server.Accounts.Passkeys;

/// <summary>What the page shows that makes a passkey in place of a lost one.</summary>
public sealed record NewPasskeyForm
{
    public required string Email { get; init; }

    public string? Problem { get; init; }
}
