using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>
/// A table in which people may be named: how one is found in it, what is handed out of it (GDPR 15),
/// and what erasing means there (GDPR 17). Whoever adds such a table adds one of these to <see cref="PersonTables"/>.
/// </summary>
internal abstract class PersonTable
{
    /// <summary>Rows of one table that one search shows.</summary>
    internal const int MostTraces = 100;

    /// <summary>As the form and the audit log call it.</summary>
    internal abstract string Kind { get; }

    internal abstract Task<IReadOnlyList<PersonTrace>> FindAsync(ServerDatabase database, PersonQuery query, (DateTimeOffset From, DateTimeOffset Until) days, CancellationToken cancellation);

    /// <returns>Of the rows that were ticked those that may be handed out or erased for this search.</returns>
    internal virtual async Task<IReadOnlyCollection<string>> FoundAsync(
        ServerDatabase database, PersonQuery query, (DateTimeOffset From, DateTimeOffset Until) days, IReadOnlyCollection<string> keys, CancellationToken cancellation) =>
        [.. (await FindAsync(database, query, days, cancellation)).Select(trace => trace.Key).Intersect(keys, StringComparer.Ordinal)];

    /// <returns>Everything that the rows say about the person, field by field; rows that are gone are left out.</returns>
    internal abstract Task<IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>>> ReadAsync(ServerDatabase database, IReadOnlyCollection<string> keys, CancellationToken cancellation);

    /// <summary>Takes away what names the person. Inside the caller's transaction.</summary>
    /// <returns>How many rows changed.</returns>
    internal abstract Task<int> EraseAsync(ServerDatabase database, IReadOnlyCollection<string> keys, DateTimeOffset now, CancellationToken cancellation);

    protected static KeyValuePair<string, string> Field(string name, string value) => KeyValuePair.Create(name, value);

    protected static string Time(DateTimeOffset? time) => time is { } at ? CsvText.Time(at) : "";

    internal static List<Guid> Ids(IReadOnlyCollection<string> keys) =>
        [.. keys.Where(key => Guid.TryParseExact(key, "N", out _)).Select(key => Guid.ParseExact(key, "N"))];

    protected static string Short(string text) => text.Length > 120 ? text[..119] + "…" : text;
}
