using Microsoft.EntityFrameworkCore;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>What a page for signed-in people begins with: who asks, and the rows of his or her organization. Scoped to a request.</summary>
internal sealed class OwnEntry(OrganizationEntry entry, ServerDatabase database, PageContexts pages)
{
    /// <exception cref="InvalidOperationException">Nobody is signed in: a mistake in a policy.</exception>
    internal async Task<(SignedIn Who, Organization Organization)> EnterAsync(HttpContext context)
    {
        var who = SignedIn.Of(context);
        var organization = await entry.FindAsync(who.OrganizationId, context.RequestAborted) ?? throw new InvalidOperationException("A sign-in without an organization.");
        return (who, organization);
    }

    /// <summary>The signed-in person's account; tracked.</summary>
    internal Task<Account> AccountAsync(SignedIn who, CancellationToken cancellation) =>
        database.Set<Account>().SingleAsync(row => row.Id == who.AccountId, cancellation);

    internal async Task<PageContext> PageAsync(HttpContext context) => pages.Create(context, (await EnterAsync(context)).Organization);
}
