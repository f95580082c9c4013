// The words after a command: options with a value, switches, and at most a few bare words. Everything that the
// command does not ask for is refused, so that a mistyped option never passes unseen.

namespace Nabij.Server.Commands;

internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _switches = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];

    private Arguments()
    {
    }

    /// <summary>The bare words, in order.</summary>
    internal IReadOnlyList<string> Words => _words;

    /// <param name="args">The words after the command's name.</param>
    /// <param name="options">Names of options that take a value, each with its two dashes.</param>
    /// <param name="switches">Names of options without a value.</param>
    /// <param name="maximumWords">How many bare words the command takes.</param>
    internal static Arguments Parse(
        ReadOnlySpan<string> args, IReadOnlyCollection<string> options, IReadOnlyCollection<string> switches, int maximumWords = 0)
    {
        var parsed = new Arguments();
        for (var i = 0; i < args.Length; i++)
        {
            var (name, inlineValue) = Split(args[i]);
            if (!name.StartsWith("--", StringComparison.Ordinal))
                parsed.AddWord(args[i], maximumWords);
            else if (switches.Contains(name) && inlineValue is null)
                parsed._switches.Add(name);
            else if (!options.Contains(name))
                throw Unknown(name, inlineValue, options, switches);
            else if (inlineValue is null && i + 1 == args.Length)
                throw OperatorException.Usage($"The option {name} needs a value after it.");
            else if (!parsed._values.TryAdd(name, inlineValue ?? args[++i]))
                throw OperatorException.Usage($"The option {name} is given twice; give it once.");
        }

        return parsed;
    }

    internal bool Has(string name) => _switches.Contains(name);

    internal string? Find(string name) => _values.GetValueOrDefault(name);

    internal string Require(string name) => Find(name) is { Length: > 0 } value
        ? value
        : throw OperatorException.Usage($"The option {name} is missing.");

    private static OperatorException Unknown(string name, string? value, IReadOnlyCollection<string> options, IReadOnlyCollection<string> switches)
    {
        if (value is not null && switches.Contains(name))
            return OperatorException.Usage($"The option {name} takes no value; write it alone.");
        var meant = NearestWord.Find(name, [.. options, .. switches]) is { } nearest ? $" Did you mean {nearest}?" : "";
        return OperatorException.Usage($"The option {name} is not known here.{meant} `nabij-server help` lists all options.");
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && argument.StartsWith("--", StringComparison.Ordinal)
            ? (argument[..equals], argument[(equals + 1)..])
            : (argument, null);
    }

    private void AddWord(string word, int maximumWords)
    {
        if (_words.Count == maximumWords)
            throw OperatorException.Usage($"\"{word}\" is not understood here. `nabij-server help` lists all commands and options.");
        _words.Add(word);
    }
}
