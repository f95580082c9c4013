using Nabij.Server.Pages;

namespace Nabij.Server.HelpPage;

/// <summary>The answers of the form as they were sent; shown again when one is missing.</summary>
public sealed record AcceptanceForm
{
    public bool Terms { get; init; }

    public bool Licence { get; init; }

    /// <summary>"yes", "no", "help", or empty while not answered.</summary>
    public string Backup { get; init; } = "";

    /// <summary>Whether the form was sent: only then is a missing answer a problem.</summary>
    public bool IsSent { get; init; }

    /// <summary>The terms changed while the page was open.</summary>
    public bool IsOutdated { get; init; }

    public bool IsComplete => Terms && Licence && IsBackupAnswered && !IsOutdated;

    /// <summary>What is missing; nothing before the form was sent.</summary>
    internal IEnumerable<Problem> Check()
    {
        if (!IsSent)
            yield break;
        if (IsOutdated)
            yield return new Problem("accept.problem.outdated");
        if (!Terms)
            yield return new Problem("accept.problem.terms").At("terms");
        if (!Licence)
            yield return new Problem("accept.problem.licence").At("licence");
        if (!IsBackupAnswered)
            yield return new Problem("accept.problem.backup").At("backup");
    }

    public bool IsBackupAnswered => Backup is "yes" or "no" or "help";
}
