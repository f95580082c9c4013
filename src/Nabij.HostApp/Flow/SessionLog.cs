using System.Globalization;

namespace Nabij.HostApp.Flow;

/// <summary>What was done in a session, as keys of texts, so that the end screen can say it in the language of that moment. UI thread only.</summary>
internal sealed class SessionLog(TimeProvider time)
{
    /// <summary>The most lines that are kept; the oldest go first, the first line stays.</summary>
    public const int Limit = 40;

    private readonly List<(DateTimeOffset Time, string Key)> _entries = [];

    public IReadOnlyList<string> Keys => [.. _entries.Select(entry => entry.Key)];

    public void Add(string key)
    {
        if (_entries.Count == Limit)
            _entries.RemoveAt(1);
        _entries.Add((time.GetLocalNow(), key));
    }

    public IReadOnlyList<string> Lines(Phrases phrases) =>
    [
        .. _entries.Select(entry => phrases
            .With("time", entry.Time.ToString("HH:mm", CultureInfo.InvariantCulture)).With("event", phrases[entry.Key])["log.line"]),
    ];
}
