using Nabij.Server.Pages;

namespace Nabij.Server.Desk.Notes;

/// <summary>A template as a form holds it.</summary>
public sealed record TemplateForm(string Name, string Language, string Text)
{
    internal static TemplateForm Empty { get; } = new("", NoteTemplate.EveryLanguage, "");

    /// <returns>The form as typed, and what is wrong with it, or null.</returns>
    internal static (TemplateForm Form, Problem? Problem) Read(IFormCollection fields)
    {
        var (name, language, text) = (fields["name"].ToString().Trim(), fields["language"].ToString(), fields["text"].ToString().ReplaceLineEndings("\n"));
        var form = new TemplateForm(name, language, text);
        if (TypedText.ReadLine(name, NoteTemplate.LongestName) is null)
            return (form, new Problem("templates.problem.name", NoteTemplate.LongestName).At("name"));
        if (language != NoteTemplate.EveryLanguage && !Texts.All.Contains(language))
            return (form with { Language = NoteTemplate.EveryLanguage }, new Problem("templates.problem.language").At("language"));
        return TypedText.Read(text, NoteTemplate.LongestText) is { } read && !string.IsNullOrWhiteSpace(read)
            ? (form, null)
            : (form, new Problem("templates.problem.text", NoteTemplate.LongestText).At("text"));
    }
}
