using Nabij.Server.Pages;

namespace Nabij.Server.Settings;

/// <summary>What the page of retention times shows.</summary>
public sealed record KeepingView
{
    public required int AcceptanceMonths { get; init; }

    public required int SessionMonths { get; init; }

    public required int CallbackDays { get; init; }

    public bool IsDone { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;
}
