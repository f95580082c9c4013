using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts.Passkeys;

/// <summary>
/// Makes, checks and keeps passkeys: Identity's handler follows WebAuthn 7.1 and 7.2, this gives it single challenges, keeps
/// what it found, and judges the counter. Scoped to a request of one organization.
/// </summary>
internal sealed class PasskeyBook(ServerDatabase database, IPasskeyHandler<Account> handler, PasskeyCeremonies ceremonies, AuditLog audit, TimeProvider clock)
{
    /// <summary>An answer of a browser is about 1 KiB; one with a large attestation a few.</summary>
    private const int LongestAnswer = 16 * 1024;

    /// <summary>What the browser needs to make a passkey for this person.</summary>
    internal async Task<string> InviteAsync(HttpContext context, Account account, (string Purpose, string BoundTo) purpose, string shop)
    {
        var user = new PasskeyUserEntity { Id = account.Id.ToString(), Name = account.Email ?? "", DisplayName = account.DisplayName };
        var made = await handler.MakeCreationOptionsAsync(user, context);
        await ceremonies.BeginAsync(context, purpose, made.AttestationState ?? "");
        return Named(made.CreationOptionsJson, shop);
    }

    /// <summary>What the browser needs to show a passkey.</summary>
    /// <param name="context">The request.</param>
    /// <param name="account">Whose passkey; null for anybody's, as at the sign-in.</param>
    /// <param name="purpose">What for.</param>
    internal async Task<string> AskAsync(HttpContext context, Account? account, (string Purpose, string BoundTo) purpose)
    {
        var made = await handler.MakeRequestOptionsAsync(account, context);
        await ceremonies.BeginAsync(context, purpose, made.AssertionState ?? "");
        return made.RequestOptionsJson;
    }

    /// <summary>Checks what the browser made, without storing it.</summary>
    /// <returns>The passkey, not added yet; or why it cannot be one.</returns>
    internal async Task<(Passkey? Made, Problem? Problem)> ReadAsync(HttpContext context, Account account, (string Purpose, string BoundTo) purpose, (string Answer, string Name) given)
    {
        if (await ceremonies.TakeAsync(context, purpose) is not { } state || given.Answer.Length is 0 or > LongestAnswer)
            return (null, new Problem("passkey.problem.late"));
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = given.Answer, AttestationState = state });
        if (!result.Succeeded || result.UserEntity.Id != account.Id.ToString() || Passkey.Text(result.Passkey.CredentialId) is not { Length: > 0 } id)
        {
            await audit.RecordAsync(database, new AuditEntry(account.Id.ToString(), "passkey.refused", account.Id.ToString(), AuditEntry.Refused, "new"), context.RequestAborted);
            return (null, new Problem("passkey.problem.made"));
        }

        var name = given.Name.Length > 0 ? given.Name : DeviceWords.Of(context.Request.Headers.UserAgent.ToString());
        return (new Passkey
        {
            OrganizationId = account.OrganizationId,
            CredentialId = id,
            AccountId = account.Id,
            PublicKey = result.Passkey.PublicKey,
            Name = name,
            SignCount = result.Passkey.SignCount,
            Transports = string.Join(' ', (result.Passkey.Transports ?? []).Where(IsTransport)),
            IsBackupEligible = result.Passkey.IsBackupEligible,
            IsBackedUp = result.Passkey.IsBackedUp,
            CreatedAt = clock.GetUtcNow(),
        }, null);
    }

    /// <summary>Adds it, in the caller's transaction.</summary>
    /// <returns>Why not; null when it is done.</returns>
    internal async Task<Problem?> KeepAsync(Passkey made, string actor, CancellationToken cancellation)
    {
        if (made.Name.Length > Passkey.LongestName || made.Name.Any(char.IsControl))
            return new Problem("passkey.problem.name", Passkey.LongestName).At("passkey-name");
        if (await database.Set<Passkey>().CountAsync(row => row.AccountId == made.AccountId, cancellation) >= Passkey.Most)
            return new Problem("passkey.problem.many", Passkey.Most);
        database.Add(made);
        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry(actor, "passkey.added", made.AccountId.ToString(), AuditEntry.Done, made.Name), cancellation);
        return null;
    }

    /// <summary>Whose passkey the browser has shown; null for one that opens nothing, whatever the reason.</summary>
    internal async Task<Account?> ProveAsync(HttpContext context, (string Purpose, string BoundTo) purpose, string answer)
    {
        if (await ceremonies.TakeAsync(context, purpose) is not { } state || answer.Length is 0 or > LongestAnswer)
            return null;
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = answer, AssertionState = state });
        return result.Succeeded && result.User is { DisabledAt: null } account && await CountAsync(account, result.Passkey, context.RequestAborted) ? account : null;
    }

    /// <summary>Names the credential that an answer speaks of, for counting failures; empty when it names none.</summary>
    internal static string CredentialOf(string answer)
    {
        if (answer.Length is 0 or > LongestAnswer)
            return "";
        try
        {
            return JsonNode.Parse(answer) is JsonObject root && root["id"] is JsonValue value && value.TryGetValue<string>(out var id) ? id : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    /// <summary>
    /// WebAuthn 7.2, step 22: an authenticator that counts must have counted on. One that has not may be a copy: it opens
    /// nothing from now on, until its owner removes it and makes another.
    /// </summary>
    private async Task<bool> CountAsync(Account account, UserPasskeyInfo shown, CancellationToken cancellation)
    {
        var (id, count, now) = (Passkey.Text(shown.CredentialId), (long)shown.SignCount, clock.GetUtcNow());
        var counted = await database.Set<Passkey>()
            .Where(row => row.CredentialId == id && row.SuspectedAt == null && (row.SignCount < count || (row.SignCount == 0 && count == 0)))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SignCount, count).SetProperty(row => row.UsedAt, now).SetProperty(row => row.IsBackedUp, shown.IsBackedUp), cancellation);
        if (counted == 1)
            return true;
        if (await database.Set<Passkey>().Where(row => row.CredentialId == id && row.SuspectedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.SuspectedAt, now), cancellation) == 1)
            await audit.RecordAsync(database, new AuditEntry("visitor", "passkey.suspected", account.Id.ToString(), AuditEntry.Refused, "its counter did not go on"), cancellation);
        return false;
    }

    /// <summary>The handler calls the shop by its domain; people know it by its name.</summary>
    private static string Named(string options, string shop)
    {
        if (JsonNode.Parse(options) is not JsonObject root || root["rp"] is not JsonObject party)
            return options;
        party["name"] = shop;
        return root.ToJsonString();
    }

    private static bool IsTransport(string word) => word.Length <= 20 && word.All(letter => char.IsAsciiLetterLower(letter) || letter == '-');
}
