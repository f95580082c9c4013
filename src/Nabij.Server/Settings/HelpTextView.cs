using Nabij.Server.Pages;
using Nabij.Server.Terms;

namespace Nabij.Server.Settings;

/// <summary>What the page of the help page's own words shows.</summary>
public sealed record HelpTextView
{
    /// <summary>One form for each language, in order.</summary>
    public required IReadOnlyList<Form> Forms { get; init; }

    /// <summary>What is not kept yet and shown as customers would see it; null for nothing.</summary>
    public Form? Preview { get; init; }

    public bool IsDone { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;

    /// <summary>The words in one language, as typed.</summary>
    public sealed record Form(string Language, string Notice, string Welcome, string About)
    {
        internal static IReadOnlyList<TextBlock> Blocks(string text) => PlainMarkdown.Parse(System.Text.Encoding.UTF8.GetBytes(text));
    }
}
