using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts.Provider;

/// <summary>
/// The journeys that have begun and are not over. Each serves once; the framework's correlation cookie ties it to the browser
/// that set out. Scoped to a request, of which there is one journey.
/// </summary>
internal sealed class ProviderJourneys(ServerDatabase database, OrganizationEntry entry, IOptions<ProviderTimes> times, TimeProvider clock)
{
    /// <summary>All that the state says: whose journey, and the reference. The organization opens nothing; it says where to look.</summary>
    internal const string OrganizationItem = "nabij.organization", ReferenceItem = "nabij.journey";

    private const int LongestReference = 100;

    /// <summary>What began in this request, or came back and was taken.</summary>
    internal ProviderJourney? Current { get; private set; }

    /// <param name="asked">The organization, what for, where to go afterwards, and the language in between.</param>
    /// <param name="who">Who asks; null for a visitor of the sign-in page.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What the framework is to send along.</returns>
    internal async Task<AuthenticationProperties> BeginAsync(
        (Guid Organization, string Purpose, string ReturnPath, string Language) asked, SignedIn? who, CancellationToken cancellation)
    {
        var (reference, now) = (Reference.Create(), clock.GetUtcNow());
        var over = now - times.Value.Away;
        await database.Set<ProviderJourney>().Where(row => row.BeganAt < over).ExecuteDeleteAsync(cancellation);
        Current = new ProviderJourney
        {
            OrganizationId = asked.Organization,
            ReferenceHash = Reference.Hash(reference),
            Purpose = asked.Purpose,
            ReturnPath = asked.ReturnPath,
            Language = asked.Language,
            Nonce = Reference.Create(),
            SignIn = who?.SignInId ?? "",
            AccountId = who?.AccountId,
            BeganAt = now,
        };
        database.Add(Current);
        await database.SaveChangesAsync(cancellation);
        return new AuthenticationProperties(new Dictionary<string, string?> { [OrganizationItem] = asked.Organization.ToString(), [ReferenceItem] = reference });
    }

    /// <summary>The journey of who comes back, which is over by that; null when there is none, or when it was over already.</summary>
    internal async Task<ProviderJourney?> TakeAsync(AuthenticationProperties properties, CancellationToken cancellation)
    {
        if (Current is null && await FindAsync(properties, cancellation) is { } found)
        {
            // The statement that deletes it decides who is first when one answer comes twice at once.
            Current = await database.Set<ProviderJourney>().Where(row => row.ReferenceHash == found.ReferenceHash).ExecuteDeleteAsync(cancellation) == 1 ? found : null;
        }

        return Current;
    }

    /// <summary>The same without an end to it: whoever comes with a refusal, or in another browser, is only to read where to go.</summary>
    internal async Task<ProviderJourney?> FindAsync(AuthenticationProperties? properties, CancellationToken cancellation)
    {
        if (Current is not null)
            return Current;
        if (properties is null || !properties.Items.TryGetValue(ReferenceItem, out var reference) || reference is not { Length: > 0 and < LongestReference } ||
            !properties.Items.TryGetValue(OrganizationItem, out var text) || !Guid.TryParse(text, out var organization) || await entry.FindAsync(organization, cancellation) is null)
            return null;
        var hash = Reference.Hash(reference);
        return await database.Set<ProviderJourney>().AsNoTracking().SingleOrDefaultAsync(row => row.ReferenceHash == hash, cancellation);
    }
}
