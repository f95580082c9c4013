using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;

namespace Nabij.Server.Terms;

/// <summary>Reads an organization's texts. Scoped to a unit of work that has entered the organization.</summary>
internal sealed class TermsShelf(ServerDatabase database)
{
    /// <summary>The name of the whole set of terms; enters the consent record.</summary>
    internal const string TermsId = "remote-help";

    internal Task<TermsText?> FindAsync(string kind, string version, string language, CancellationToken cancellation) =>
        database.Set<TermsText>().AsNoTracking().SingleOrDefaultAsync(row => row.Kind == kind && row.Version == version && row.Language == language, cancellation);

    internal async Task<string> CurrentVersionAsync(CancellationToken cancellation)
    {
        var versions = await database.Set<TermsText>().Select(row => row.Version).Distinct().ToListAsync(cancellation);
        return versions.MaxBy(version => int.Parse(version, CultureInfo.InvariantCulture)) ?? throw new InvalidOperationException("The organization has no terms.");
    }

    /// <summary>Terms and licence of the current version in this language, or in the other one where it has none.</summary>
    internal async Task<CurrentTerms> CurrentAsync(string language, CancellationToken cancellation)
    {
        var version = await CurrentVersionAsync(cancellation);
        var rows = await database.Set<TermsText>().AsNoTracking().Where(row => row.Version == version).ToListAsync(cancellation);
        var chosen = rows.Any(row => row.Language == language) ? language : rows[0].Language;
        return new CurrentTerms(
            rows.Single(row => row.Language == chosen && row.Kind == TermsText.Terms),
            rows.Single(row => row.Language == chosen && row.Kind == TermsText.Licence));
    }

    /// <summary>The hashes of all languages of the current version.</summary>
    internal async Task<TermsOverview> OverviewAsync(CancellationToken cancellation)
    {
        var version = await CurrentVersionAsync(cancellation);
        var rows = await database.Set<TermsText>().AsNoTracking().Where(row => row.Version == version)
            .Select(row => new { row.Language, row.Kind, row.Sha256 }).ToListAsync(cancellation);
        var texts = rows.GroupBy(row => row.Language).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new TermsOverview.Text(
            group.Key, group.Single(row => row.Kind == TermsText.Terms).Sha256, group.Single(row => row.Kind == TermsText.Licence).Sha256));
        return new TermsOverview(TermsId, version, [.. texts]);
    }
}

/// <summary>Terms and licence of one version in one language.</summary>
internal sealed record CurrentTerms(TermsText Terms, TermsText Licence);
