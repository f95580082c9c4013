using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>Looks for a person through all tables. Scoped to a request of the organization.</summary>
internal sealed class PersonSearch(ServerDatabase database)
{
    internal async Task<IReadOnlyList<PersonTrace>> FindAsync(RecordsAsker asker, PersonQuery query, CancellationToken cancellation)
    {
        var found = new List<PersonTrace>();
        if (query.IsEmpty)
            return found;
        foreach (var table in PersonTables.All)
            found.AddRange(await table.FindAsync(database, query, query.Days.Times(asker.Time), cancellation));
        return found;
    }

    /// <summary>Of the rows that were ticked those that the search allows, by kind; kinds of which nothing is left are left out.</summary>
    internal async Task<Dictionary<string, IReadOnlyCollection<string>>> AllowedAsync(
        RecordsAsker asker, PersonQuery query, IReadOnlyDictionary<string, IReadOnlyCollection<string>> ticked, CancellationToken cancellation)
    {
        var allowed = new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal);
        foreach (var table in PersonTables.All.Where(table => ticked.ContainsKey(table.Kind)))
        {
            if (await table.FoundAsync(database, query, query.Days.Times(asker.Time), ticked[table.Kind], cancellation) is { Count: > 0 } keys)
                allowed[table.Kind] = keys;
        }

        return allowed;
    }

    /// <summary>All that the ticked rows say, by kind.</summary>
    internal async Task<IReadOnlyList<PersonPart>> ReadAsync(IReadOnlyDictionary<string, IReadOnlyCollection<string>> ticked, CancellationToken cancellation)
    {
        var parts = new List<PersonPart>();
        foreach (var table in PersonTables.All.Where(table => ticked.ContainsKey(table.Kind)))
            parts.Add(new PersonPart(table.Kind, await table.ReadAsync(database, ticked[table.Kind], cancellation)));
        return parts;
    }
}

/// <summary>What one table says about a person: rows of fields.</summary>
public sealed record PersonPart(string Kind, IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> Rows);
