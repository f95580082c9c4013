using Nabij.Server.Pages;

namespace Nabij.Server.Desk.Notes;

/// <summary>What the page of templates and units shows.</summary>
public sealed record TemplatesView
{
    public required IReadOnlyList<Line> Templates { get; init; }

    public required WorkUnit Unit { get; init; }

    /// <summary>As typed so far: the new template, or the one of <see cref="Changing"/>.</summary>
    public TemplateForm Form { get; init; } = TemplateForm.Empty;

    /// <summary><see cref="Problem"/> is about a new template.</summary>
    public bool IsNew { get; init; }

    /// <summary>Which template <see cref="Problem"/> is about; null for another.</summary>
    public Guid? Changing { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;

    /// <summary>The end of a key of the texts: what has just been done; empty for nothing.</summary>
    public string Done { get; init; } = "";

    /// <summary>One template that is there.</summary>
    public sealed record Line(Guid Id, TemplateForm Form);
}
