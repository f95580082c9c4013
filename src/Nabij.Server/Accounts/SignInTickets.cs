using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>
/// Keeps sign-ins in the database. At each request the principal is built anew from the account, so that a changed
/// role or a disabled account counts at once, and nothing that a client sends is ever deserialized.
/// </summary>
internal sealed class SignInTickets(DatabaseSource source, LiveSignIns live, IOptions<SignInTimes> times, TimeProvider clock) : ITicketStore
{
    /// <summary>How stale the last-seen time may be, so that not every request writes.</summary>
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(1);

    public Task<string> StoreAsync(AuthenticationTicket ticket) => StoreAsync(ticket, address: "", device: "");

    public Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken) =>
        StoreAsync(ticket, httpContext.Connection.RemoteIpAddress?.ToString() ?? "", DeviceWords.Of(httpContext.Request.Headers.UserAgent.ToString()));

    /// <summary>Whoever signs in has just shown everything that is asked of them, which counts as a confirmation.</summary>
    private async Task<string> StoreAsync(AuthenticationTicket ticket, string address, string device)
    {
        var who = SignedIn.From(ticket.Principal) ?? throw new InvalidOperationException("A sign-in needs an account.");
        var reference = Reference.Create();
        await using var database = source.Open(who.OrganizationId);
        database.Add(new SignIn
        {
            OrganizationId = who.OrganizationId,
            ReferenceHash = Reference.Hash(reference),
            AccountId = who.AccountId,
            Stage = SignIn.Complete,
            CreatedAt = clock.GetUtcNow(),
            SeenAt = clock.GetUtcNow(),
            ConfirmedAt = clock.GetUtcNow(),
            Address = address,
            Device = device,
            Way = who.Way,
        });
        await database.SaveChangesAsync();
        return reference;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) => Task.CompletedTask;

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => RetrieveAsync(key, address: null, isUse: true);

    public Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        RetrieveAsync(key, httpContext.Connection.RemoteIpAddress, isUse: httpContext.GetEndpoint()?.Metadata.GetMetadata<Unattended>() is null);

    private async Task<AuthenticationTicket?> RetrieveAsync(string key, IPAddress? address, bool isUse)
    {
        await using var database = source.OpenUnscoped();
        var hash = Reference.Hash(key);
        var row = await database.Set<SignIn>().OfEveryOrganization().AsNoTracking()
            .SingleOrDefaultAsync(one => one.ReferenceHash == hash && one.Stage == SignIn.Complete);
        if (row is null)
            return null;

        await using var own = source.Open(row.OrganizationId);
        if (times.Value.IsOver(row, clock.GetUtcNow()))
        {
            await EndAsync(own, row.ReferenceHash);
            return null;
        }

        var account = await own.Set<Account>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == row.AccountId && one.DisabledAt == null);
        if (account is null)
            return null;
        var organization = await own.Set<Organization>().AsNoTracking().SingleAsync(one => one.Id == row.OrganizationId);
        if (!Admittance.Stands(organization, account, (clock.GetUtcNow(), address)))
        {
            await EndAsync(own, row.ReferenceHash);
            return null;
        }

        if (isUse)
            await TouchAsync(own, row);
        var roles = await own.Set<AccountRole>().Where(one => one.AccountId == account.Id).Select(one => one.Role).ToListAsync();
        return Ticket(row, account, roles);
    }

    public async Task RemoveAsync(string key)
    {
        await using var database = source.OpenForEvery();
        var hash = Reference.Hash(key);
        await database.Set<SignIn>().OfEveryOrganization().Where(row => row.ReferenceHash == hash).ExecuteDeleteAsync();
        live.End(hash);
    }

    private async Task EndAsync(ServerDatabase database, string referenceHash)
    {
        await database.Set<SignIn>().Where(row => row.ReferenceHash == referenceHash).ExecuteDeleteAsync();
        live.End(referenceHash);
    }

    private async Task TouchAsync(ServerDatabase database, SignIn row)
    {
        var now = clock.GetUtcNow();
        if (now - row.SeenAt < SeenStep)
            return;
        await database.Set<SignIn>().Where(one => one.ReferenceHash == row.ReferenceHash)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.SeenAt, now));
    }

    private AuthenticationTicket Ticket(SignIn row, Account account, IEnumerable<string> roles)
    {
        var who = new SignedIn(row.OrganizationId, account.Id, account.DisplayName, row.ReferenceHash) { ConfirmedAt = row.ConfirmedAt, Way = row.Way };
        var properties = new AuthenticationProperties { IssuedUtc = row.CreatedAt, ExpiresUtc = row.CreatedAt + times.Value.Absolute };
        return new AuthenticationTicket(
            who.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme, roles), properties, CookieAuthenticationDefaults.AuthenticationScheme);
    }
}
