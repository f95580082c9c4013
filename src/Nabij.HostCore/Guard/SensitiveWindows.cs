using System.Text;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Guard;

/// <summary>
/// The list of windows that look private (Guard/sensitive-windows.txt): whole words of titles, and names of programs.
/// It is a help and no promise: it knows some names, and titles can say anything. Immutable.
/// </summary>
internal sealed class SensitiveWindows
{
    private const string Resource = "Nabij.HostCore.Guard.sensitive-windows.txt";
    private const string ProgramMark = "program:", ExactMark = "exactly:";
    private const int LongestTitle = 1024;

    private readonly List<(string Words, bool IsExact, SensitiveMatch Match)> titles = [];
    private readonly Dictionary<string, SensitiveMatch> programs = new(StringComparer.OrdinalIgnoreCase);

    private SensitiveWindows(TextReader reader)
    {
        var kind = SensitiveKind.Bank;
        while (reader.ReadLine()?.Trim() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '[') kind = Enum.Parse<SensitiveKind>(line.AsSpan(1, line.Length - 2), ignoreCase: true);
            else Add(kind, line);
        }
    }

    /// <summary>The list that the program carries.</summary>
    public static SensitiveWindows Known { get; } = Read();

    /// <summary>How many entries there are.</summary>
    public int Count => titles.Count + programs.Count;

    /// <summary>The entry that this window matches; null when it looks like any other.</summary>
    public SensitiveMatch? Find(ActiveWindow window)
    {
        foreach (var program in window.Programs)
            if (programs.TryGetValue(program, out var match)) return match;
        var exact = Spaced(window.Title.AsSpan(0, Math.Min(window.Title.Length, LongestTitle)));
        var lower = exact.ToLowerInvariant();
        foreach (var (words, isExact, match) in titles)
            if ((isExact ? exact : lower).Contains(words, StringComparison.Ordinal)) return match;
        return null;
    }

    private static SensitiveWindows Read()
    {
        using var stream = typeof(SensitiveWindows).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("The program lacks its list of private windows.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new SensitiveWindows(reader);
    }

    private void Add(SensitiveKind kind, string entry)
    {
        if (entry.StartsWith(ProgramMark, StringComparison.Ordinal))
        {
            var name = entry[ProgramMark.Length..].Trim();
            programs.Add(name, new SensitiveMatch(kind, name));
            return;
        }
        var isExact = entry.StartsWith(ExactMark, StringComparison.Ordinal);
        var words = isExact ? entry[ExactMark.Length..] : entry.ToLowerInvariant();
        titles.Add((Spaced(words), isExact, new SensitiveMatch(kind, entry)));
    }

    // Words with one space before, between and after them: whatever is neither letter nor digit parts words.
    private static string Spaced(ReadOnlySpan<char> text)
    {
        var spaced = new StringBuilder(text.Length + 2).Append(' ');
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character)) spaced.Append(character);
            else if (spaced[^1] != ' ') spaced.Append(' ');
        }
        if (spaced[^1] != ' ') spaced.Append(' ');
        return spaced.ToString();
    }
}
