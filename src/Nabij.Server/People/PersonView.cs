using Nabij.Server.Accounts;
using Nabij.Server.Pages;

namespace Nabij.Server.People;

/// <summary>What the page of one person shows.</summary>
public sealed record PersonView
{
    public required PersonLine Line { get; init; }

    /// <summary>The reader's own account.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>The roles that the reader may give and take.</summary>
    public required IReadOnlyList<string> Givable { get; init; }

    public required bool HasSecondFactor { get; init; }

    /// <summary>How many passkeys that count.</summary>
    public required int Passkeys { get; init; }

    /// <summary>Nobody of the organization signs in by a password.</summary>
    public required bool PasswordsOff { get; init; }

    public required IReadOnlyList<SignInLine> SignIns { get; init; }

    /// <summary>Hours and networks of this person.</summary>
    public required LimitsForm Limits { get; init; }

    /// <summary>The reader's own address.</summary>
    public string Here { get; init; } = "";

    /// <summary>What has just been done, in words.</summary>
    public string? Done { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;
}

/// <summary>What the page shows that adds a person.</summary>
public sealed record NewPersonView
{
    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    public IReadOnlyList<string> Roles { get; init; } = [Role.Technician];

    /// <summary>The roles that the reader may give.</summary>
    public required IReadOnlyList<string> Givable { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;
}

/// <summary>What the page shows that gives a link, once.</summary>
public sealed record LinkView
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The whole address, secret included.</summary>
    public required string Address { get; init; }

    /// <summary>"invitation", "password" or "everything".</summary>
    public required string Kind { get; init; }

    /// <summary>How many hours it works.</summary>
    public required int Hours { get; init; }
}
