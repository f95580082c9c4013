using Nabij.Server.Pages;

namespace Nabij.Server.Accounts;

/// <summary>What the page shows that takes a link.</summary>
public sealed record InvitationForm
{
    public string? Problem { get; init; }
}

/// <summary>What the page shows where the person of a link sets the password or a passkey.</summary>
public sealed record NewPasswordForm
{
    /// <summary>The link's secret, for the next request.</summary>
    public required string Link { get; init; }

    /// <summary>"invitation", "password" or "everything".</summary>
    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    /// <summary>A passkey can be set in place of a password.</summary>
    public required bool TakesPasskey { get; init; }

    /// <summary>The organization lets people sign in by password.</summary>
    public required bool TakesPassword { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;
}
