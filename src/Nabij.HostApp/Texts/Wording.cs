using System.Collections.Frozen;
using System.Text;

namespace Nabij.HostApp.Texts;

/// <summary>
/// Every text of the program in one language, read from an embedded file "key = text". Adding a file to this
/// folder adds a language; a test holds all files to the same keys and the same names to fill in. Immutable.
/// </summary>
internal sealed class Wording
{
    private const string Prefix = "Nabij.HostApp.Texts.";
    private const string Suffix = ".txt";
    private const string Fallback = "en";

    private readonly FrozenDictionary<string, string> _texts;

    private Wording(string language, FrozenDictionary<string, string> texts)
    {
        Language = language;
        _texts = texts;
    }

    /// <summary>The languages that have a file, in alphabetical order.</summary>
    public static IReadOnlyList<string> Languages { get; } =
    [
        .. typeof(Wording).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The language's two letters.</summary>
    public string Language { get; }

    /// <summary>What the language calls itself.</summary>
    public string LanguageName => this["language"];

    public IEnumerable<string> Keys => _texts.Keys;

    public string this[string key] => _texts[key];

    /// <summary>The texts of a language, or of English when it has no file.</summary>
    public static Wording Of(string language)
    {
        var known = Languages.Contains(language, StringComparer.Ordinal) ? language : Fallback;
        using var stream = typeof(Wording).Assembly.GetManifestResourceStream(Prefix + known + Suffix)
            ?? throw new InvalidOperationException("The program lacks its texts.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new Wording(known, Read(reader));
    }

    /// <summary>
    /// The language of the person's locale, by the POSIX variables in their order of strength; English when
    /// there is no file for it.
    /// </summary>
    public static string OfLocale(Func<string, string?> variable)
    {
        string[] names = ["LC_ALL", "LC_MESSAGES", "LANG"];
        var locale = names.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? string.Empty;
        return locale.Length >= 2 && Languages.Contains(locale[..2], StringComparer.Ordinal) ? locale[..2] : Fallback;
    }

    /// <summary>The text of a key with its names filled in. What is filled in is never searched for names again.</summary>
    public string Fill(string key, IReadOnlyDictionary<string, string> names)
    {
        var text = _texts[key].AsSpan();
        var filled = new StringBuilder(text.Length + 32);
        while (text.IndexOf('{') is var open and >= 0)
        {
            var close = text.IndexOf('}');
            filled.Append(text[..open]).Append(names[text[(open + 1)..close].ToString()]);
            text = text[(close + 1)..];
        }

        return filled.Append(text).ToString();
    }

    private static FrozenDictionary<string, string> Read(StreamReader reader)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        string? key = null;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line[0] == ' ' && key is not null)
            {
                texts[key] += " " + Unescape(line);
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            key = line[..equals].Trim();
            texts.Add(key, Unescape(line[(equals + 1)..]));
        }

        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string Unescape(string text) => text.Trim().Replace("\\n", "\n", StringComparison.Ordinal);
}
