using System.Text;

namespace Nabij.Server.Desk.Notes;

/// <summary>Text as people type it into the desk: lines and tabs, and no other control character. Databases and exports take it as it is.</summary>
internal static class TypedText
{
    /// <summary>The text with one kind of line end; null where it is too long or holds what nobody can type.</summary>
    internal static string? Read(string? typed, int longest)
    {
        var text = typed?.ReplaceLineEndings("\n");
        return text is not null && text.Length <= longest && IsWhole(text) ? text : null;
    }

    /// <summary>One line with something on it; null otherwise.</summary>
    internal static string? ReadLine(string? typed, int longest) =>
        Read(typed?.Trim(), longest) is { Length: > 0 } line && !line.Contains('\n', StringComparison.Ordinal) ? line : null;

    private static bool IsWhole(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // What EnumerateRunes puts in place of half a surrogate pair is refused with it: nobody types it.
            if (rune == Rune.ReplacementChar || (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')))
                return false;
        }
        return true;
    }
}
