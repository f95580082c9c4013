using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Accounts.Passkeys;
using Nabij.Server.Accounts.Provider;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.People;

/// <summary>
/// Decides by what people of the organization sign in: each act in one transaction with its line in the audit chain, and none
/// that could leave the organization without an owner who gets in. Scoped to a request.
/// </summary>
internal sealed class WaysActs(ServerDatabase database, ProviderSettings settings, ProviderDocuments documents, AuditLog audit, TimeProvider clock)
{
    private const int LongestSecret = 1000;

    /// <summary>Owners who have no passkey, or no recovery code for the day they lose it.</summary>
    internal Task<List<string>> UnreadyAsync(CancellationToken cancellation) => database.Set<Account>()
        .Where(row => row.DisabledAt == null && database.Set<AccountRole>().Any(role => role.AccountId == row.Id && role.Role == Role.Owner) &&
            (!database.Set<Passkey>().Any(key => key.AccountId == row.Id && key.SuspectedAt == null) ||
            !database.Set<RecoveryCode>().Any(code => code.AccountId == row.Id && code.UsedAt == null)))
        .OrderBy(row => row.DisplayName).Select(row => row.DisplayName).ToListAsync(cancellation);

    /// <summary>Who has given a password and not yet the second step begins again.</summary>
    /// <returns>Why not; null when it is done.</returns>
    internal async Task<Problem?> SwitchPasswordsAsync(SignedIn who, bool off, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (off && await UnreadyAsync(cancellation) is { Count: > 0 } unready)
            return new Problem("problem.owners-unready", string.Join(", ", unready));
        var organization = await database.Set<Organization>().SingleAsync(row => row.Id == who.OrganizationId, cancellation);
        if (organization.PasswordsOff == off)
            return null;
        organization.PasswordsOff = off;
        await database.SaveChangesAsync(cancellation);
        await database.Set<SignIn>().Where(row => row.Stage == SignIn.SecondFactor && row.Way == SignInWay.Password).ExecuteDeleteAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), off ? "passwords.off" : "passwords.on", "", AuditEntry.Done), cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    /// <summary>Asks the provider for its document first: a mistyped address is found now, not at the next sign-in.</summary>
    /// <returns>Why not; null when it is done.</returns>
    internal async Task<Problem?> ChangeProviderAsync(SignedIn who, ProviderForm form, CancellationToken cancellation)
    {
        if (form.Check() is { } wrong)
            return wrong;
        if (form.Secret.Length > LongestSecret)
            return new Problem("problem.provider-secret", LongestSecret).At("secret");
        try
        {
            await documents.FindAsync(form.Issuer, cancellation);
        }
        catch (ProviderException refused)
        {
            var problem = refused.Refusal == ProviderRefusal.Private ? new Problem("provider.problem.private") : new Problem("problem.provider-answer", form.Issuer);
            return problem.At("issuer");
        }

        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var row = await database.Set<IdentityProvider>().SingleOrDefaultAsync(cancellation);
        var secret = form.Secret.Length > 0 ? settings.Protect(form.Secret) : form.ForgetsSecret || row?.Issuer != form.Issuer ? null : row.ClientSecret;
        if (row is null)
        {
            row = new IdentityProvider
            {
                OrganizationId = who.OrganizationId, Issuer = form.Issuer, Name = form.Name, ClientId = form.ClientId, Domain = form.Domain,
                AsksSecondFactor = form.AsksSecondFactor, ChangedAt = clock.GetUtcNow(),
            };
            database.Add(row);
        }

        (row.Issuer, row.Name, row.ClientId, row.Domain) = (form.Issuer, form.Name, form.ClientId, form.Domain);
        (row.ClientSecret, row.AsksSecondFactor, row.ChangedAt) = (secret, form.AsksSecondFactor, clock.GetUtcNow());
        await database.SaveChangesAsync(cancellation);
        var details = $"{form.Issuer}; client {form.ClientId}; domain {(form.Domain.Length == 0 ? "any" : form.Domain)}; second factor {(form.AsksSecondFactor ? "there" : "here")}; secret {(secret is null ? "none stored" : "stored")}";
        await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "provider.changed", "", AuditEntry.Done, details), cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    /// <summary>Who came by it only gets a link for a passkey or a password; whom it knew is forgotten.</summary>
    internal async Task RemoveProviderAsync(SignedIn who, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await database.Set<IdentityProvider>().ExecuteDeleteAsync(cancellation) == 0)
            return;
        var links = await database.Set<ProviderSubject>().ExecuteDeleteAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "provider.removed", "", AuditEntry.Done, $"{links} links"), cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
