using System.Globalization;

namespace Nabij.HostApp.Flow;

/// <summary>What was done in a session, as keys of texts, so that the end screen can say it in the language of that moment. UI thread only.</summary>
internal sealed class SessionLog(TimeProvider time)
{
    /// <summary>The most lines that are kept; the oldest go first, the first line stays.</summary>
    public const int Limit = 40;

    private readonly List<(DateTimeOffset Time, string Key, string? Technician)> _entries = [];

    public IReadOnlyList<string> Keys => [.. _entries.Select(entry => entry.Key)];

    /// <param name="key">The text.</param>
    /// <param name="technician">Whose doing it was, fit to show, where that may be another one than the technician of the first code.</param>
    public void Add(string key, string? technician = null)
    {
        if (_entries.Count == Limit)
            _entries.RemoveAt(1);
        _entries.Add((time.GetLocalNow(), key, technician));
    }

    public IReadOnlyList<string> Lines(Phrases phrases) =>
    [
        .. _entries.Select(entry => phrases
            .With("time", entry.Time.ToString("HH:mm", CultureInfo.InvariantCulture)).With("event", Spoken(phrases, entry.Technician)[entry.Key])["log.line"]),
    ];

    private static Phrases Spoken(Phrases phrases, string? technician) => technician is null ? phrases : phrases.With("technician", technician);
}
