using Nabij.Server.Pages;

namespace Nabij.Server.Settings;

/// <summary>What the page of the opening hours shows.</summary>
public sealed record HoursView
{
    /// <summary>Empty rows for more exceptions.</summary>
    internal const int MoreExceptions = 4;

    public required HoursForm Form { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>The time on the organization's wall.</summary>
    public required string Now { get; init; }

    /// <summary>What customers read now; null where the organization does not say.</summary>
    public required string? Standing { get; init; }

    public bool IsDone { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;
}
