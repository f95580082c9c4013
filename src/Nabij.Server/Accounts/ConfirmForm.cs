namespace Nabij.Server.Accounts;

/// <summary>What the page shows that asks a signed-in person to prove again to be there.</summary>
public sealed record ConfirmForm
{
    public required string ReturnPath { get; init; }

    /// <summary>A code of the second factor is asked for; else the password.</summary>
    public required bool WithCode { get; init; }

    /// <summary>For the browser, which may know the password by it.</summary>
    public required string Email { get; init; }

    public string? Problem { get; init; }
}
