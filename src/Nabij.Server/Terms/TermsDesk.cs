using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.Terms;

/// <summary>
/// Writes terms and licence: drafts may change, and all of them together become the next version, which never changes. Scoped
/// to a unit of work that has entered the organization.
/// </summary>
internal sealed class TermsDesk(ServerDatabase database, TermsShelf shelf, AuditLog audit, TimeProvider clock)
{
    /// <summary>One version as the list shows it.</summary>
    internal sealed record Version(string Number, DateTimeOffset At, string By, string Note, IReadOnlyList<string> Languages);

    /// <summary>Both texts of one language, as customers would get them from the next version on.</summary>
    /// <param name="Language">Whose.</param>
    /// <param name="Terms">The draft, else the current text.</param>
    /// <param name="Licence">The draft, else the current text.</param>
    /// <param name="IsChanged">Whether one of them is a draft.</param>
    internal sealed record Pair(string Language, string Terms, string Licence, bool IsChanged)
    {
        internal string Of(string kind) => kind == TermsText.Licence ? Licence : Terms;
    }

    /// <summary>Newest first.</summary>
    internal async Task<IReadOnlyList<Version>> VersionsAsync(CancellationToken cancellation)
    {
        var rows = await database.Set<TermsText>().AsNoTracking().Select(row => new { row.Version, row.Language, row.CreatedAt }).ToListAsync(cancellation);
        var published = await database.Set<TermsPublication>().AsNoTracking().ToDictionaryAsync(row => row.Version, cancellation);
        return
        [
            .. rows.GroupBy(row => row.Version).OrderByDescending(group => int.Parse(group.Key, CultureInfo.InvariantCulture)).Select(group =>
            {
                var publication = published.GetValueOrDefault(group.Key);
                return new Version(
                    group.Key, publication?.PublishedAt ?? group.Min(row => row.CreatedAt), publication?.PublishedBy ?? "", publication?.Note ?? "",
                    [.. group.Select(row => row.Language).Distinct().Order(StringComparer.Ordinal)]);
            }),
        ];
    }

    /// <summary>Every language of the pages, in order; one without any text yet is empty.</summary>
    internal async Task<IReadOnlyList<Pair>> NextAsync(CancellationToken cancellation)
    {
        var version = await shelf.CurrentVersionAsync(cancellation);
        var current = await database.Set<TermsText>().AsNoTracking().Where(row => row.Version == version).ToListAsync(cancellation);
        var drafts = await database.Set<TermsDraft>().AsNoTracking().ToListAsync(cancellation);
        return [.. Texts.All.Union(current.Select(row => row.Language)).Order(StringComparer.Ordinal).Select(PairIn)];

        Pair PairIn(string language) => new(
            language, TextOf(language, TermsText.Terms), TextOf(language, TermsText.Licence), drafts.Exists(draft => draft.Language == language));

        string TextOf(string language, string kind) =>
            drafts.Find(draft => draft.Language == language && draft.Kind == kind)?.Content
            ?? (current.Find(row => row.Language == language && row.Kind == kind) is { } row ? Encoding.UTF8.GetString(row.Content) : "");
    }

    /// <summary>Keeps drafts; a text that is the current one needs none.</summary>
    /// <returns>Why not; null when it is done.</returns>
    internal async Task<Problem?> KeepAsync(SignedIn who, Pair pair, CancellationToken cancellation)
    {
        if (Check(pair) is { } problem)
            return problem;
        var version = await shelf.CurrentVersionAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        foreach (var kind in (string[])[TermsText.Terms, TermsText.Licence])
        {
            await database.Set<TermsDraft>().Where(row => row.Language == pair.Language && row.Kind == kind).ExecuteDeleteAsync(cancellation);
            var hash = Hash(pair.Of(kind));
            if (await database.Set<TermsText>().AnyAsync(row => row.Version == version && row.Language == pair.Language && row.Kind == kind && row.Sha256 == hash, cancellation))
                continue;
            database.Add(new TermsDraft
            {
                OrganizationId = who.OrganizationId, Language = pair.Language, Kind = kind, Content = pair.Of(kind), ChangedAt = clock.GetUtcNow(), ChangedBy = who.DisplayName,
            });
        }

        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "terms.drafted", pair.Language, AuditEntry.Done), cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    internal async Task DiscardAsync(SignedIn who, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await database.Set<TermsDraft>().ExecuteDeleteAsync(cancellation) > 0)
            await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "terms.discarded", "", AuditEntry.Done), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Makes the next version of every language that has both texts.</summary>
    /// <param name="who">Who publishes.</param>
    /// <param name="seen">What <see cref="Fingerprint"/> gave for the texts that the person has seen.</param>
    /// <param name="note">Why, for colleagues.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal async Task<Problem?> PublishAsync(SignedIn who, string seen, string note, CancellationToken cancellation)
    {
        if (note.Length > TermsPublication.LongestNote || note.Any(char.IsControl))
            return new Problem("problem.terms-note", TermsPublication.LongestNote).At("note");
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var version = await shelf.CurrentVersionAsync(cancellation);
        var next = (await NextAsync(cancellation)).Where(pair => pair.Terms.Length > 0 || pair.Licence.Length > 0).ToList();
        if (!next.Any(pair => pair.IsChanged))
            return new Problem("problem.terms-same");
        if (Fingerprint(version, next) != seen)
            return new Problem("problem.terms-changed");
        if (next.Select(Check).FirstOrDefault(problem => problem is not null) is { } wrong)
            return wrong;

        var number = (int.Parse(version, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        var now = clock.GetUtcNow();
        database.AddRange(
            from pair in next
            from kind in (string[])[TermsText.Terms, TermsText.Licence]
            select new TermsText
            {
                OrganizationId = who.OrganizationId, Version = number, Language = pair.Language, Kind = kind,
                Content = Encoding.UTF8.GetBytes(pair.Of(kind)), Sha256 = Hash(pair.Of(kind)), CreatedAt = now,
            });
        database.Add(new TermsPublication { OrganizationId = who.OrganizationId, Version = number, PublishedAt = now, PublishedBy = who.DisplayName, Note = note });
        await database.SaveChangesAsync(cancellation);
        await database.Set<TermsDraft>().ExecuteDeleteAsync(cancellation);
        var hashes = string.Join(", ", next.Select(pair => $"{pair.Language} terms {Hash(pair.Terms)} licence {Hash(pair.Licence)}"));
        await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "terms.published", number, AuditEntry.Done, hashes), cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    /// <summary>Names exactly these texts after exactly this version, so that nothing is published that was not seen.</summary>
    internal static string Fingerprint(string version, IEnumerable<Pair> next) =>
        Hash(string.Join('\n', next.Where(pair => pair.Terms.Length > 0 || pair.Licence.Length > 0)
            .Select(pair => $"{version} {pair.Language} {Hash(pair.Terms)} {Hash(pair.Licence)}")));

    private static Problem? Check(Pair pair) =>
        new[] { (TermsText.Terms, pair.Terms), (TermsText.Licence, pair.Licence) }
            .Where(text => PlainMarkdown.FindProblem(Encoding.UTF8.GetBytes(text.Item2)) is not null)
            .Select(text => new Problem($"problem.{text.Item1}-text", pair.Language, PlainMarkdown.MaximumBytes / 1024).At(text.Item1)).FirstOrDefault();

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
