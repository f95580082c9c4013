// Texts of all pages, from Pages/Texts beside this file: {language}.json, and {feature}.{language}.json for a feature with
// many words of its own. A new language is a new file of each; a test compares the keys of all languages and finds keys
// that pages ask for and no file has.

using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Nabij.Server.Pages;

/// <summary>The words of one language. Immutable.</summary>
public sealed class Texts
{
    private const string Prefix = "texts/", Suffix = ".json";

    private static readonly FrozenDictionary<string, Texts> Languages = Read();

    private readonly FrozenDictionary<string, string> _words;

    private Texts(string language, FrozenDictionary<string, string> words)
    {
        Language = language;
        _words = words;
    }

    /// <summary>Two lower-case letters, as in the attribute `lang`.</summary>
    public string Language { get; }

    /// <summary>All languages, by name; English is always among them.</summary>
    public static IReadOnlyCollection<string> All => Languages.Keys;

    internal IReadOnlyCollection<string> Keys => _words.Keys;

    /// <exception cref="KeyNotFoundException">No file has this key: a mistake of ours, found by a test.</exception>
    public string this[string key] => _words[key];

    public string Format(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, _words[key], values);

    /// <summary>What the command line speaks, and pages in doubt.</summary>
    internal static Texts English => Languages["en"];

    /// <summary>The texts of a language, or null when there are none.</summary>
    public static Texts? Find(string language) => Languages.GetValueOrDefault(language);

    private static FrozenDictionary<string, Texts> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            .GroupBy(name => name[Prefix.Length..^Suffix.Length].Split('.')[^1], StringComparer.Ordinal)
            .ToFrozenDictionary(files => files.Key, files => new Texts(files.Key, Merge(assembly, files)), StringComparer.Ordinal);
    }

    /// <exception cref="ArgumentException">Two files have the same key: a mistake of ours, found at the first start.</exception>
    private static FrozenDictionary<string, string> Merge(Assembly assembly, IEnumerable<string> resources)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            using var stream = assembly.GetManifestResourceStream(resource) ?? throw new FileNotFoundException(resource);
            var words = JsonSerializer.Deserialize(stream, TextsJson.Default.DictionaryStringString) ?? throw new InvalidDataException(resource);
            foreach (var (key, text) in words)
                all.Add(key, text);
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
