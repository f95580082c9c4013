namespace Nabij.Bench;

/// <summary>A command line of options with values, options without, and nothing else.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> flags = new(StringComparer.Ordinal);

    /// <exception cref="BenchException">An option is not known or has no value.</exception>
    public Arguments(ReadOnlySpan<string> words, string[] withValue, string[] withoutValue)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var name = words[i];
            if (withoutValue.Contains(name)) flags.Add(name);
            else if (!withValue.Contains(name)) throw new BenchException($"There is no option {name}; there are {string.Join(' ', withValue.Concat(withoutValue))}.");
            else if (i + 1 == words.Length) throw new BenchException($"The option {name} needs a value.");
            else values[name] = words[++i];
        }
    }

    public bool Has(string name) => flags.Contains(name) || values.ContainsKey(name);

    public string? Text(string name) => values.GetValueOrDefault(name);

    /// <exception cref="BenchException">It is missing.</exception>
    public string Required(string name) => Text(name) ?? throw new BenchException($"The option {name} is missing.");

    /// <exception cref="BenchException">It is not a number of at least 1.</exception>
    public int Number(string name, int otherwise)
    {
        if (Text(name) is not { } text) return otherwise;
        return int.TryParse(text, out var number) && number > 0 ? number : throw new BenchException($"The option {name} takes a whole number, not '{text}'.");
    }

    /// <summary>A list by commas; null when the option is not there.</summary>
    public IReadOnlyList<string>? List(string name) => Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
