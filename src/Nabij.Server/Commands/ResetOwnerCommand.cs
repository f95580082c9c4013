using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>
/// `nabij-server reset-owner`: the way back in when no owner can sign in any more. It needs the server's own disk, works
/// while the server runs, and stands in the audit chain.
/// </summary>
internal static class ResetOwnerCommand
{
    private const string Actor = "command";

    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--data", "--email", "--organization", "--origin"], []);
        var email = arguments.Require("--email");
        await using var services = await CommandServices.OpenAsync(new DataFolder(arguments.Require("--data")), cancellation);
        var (organization, origin) = await OrganizationChoice.FindAsync(services, arguments, cancellation);
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<OrganizationScope>().Enter(organization.Id);
        var database = scope.ServiceProvider.GetRequiredService<ServerDatabase>();
        var account = await database.Set<Account>().SingleOrDefaultAsync(row => row.Email == email, cancellation)
            ?? throw await UnknownAsync(database, (email, organization.Name), cancellation);

        var (secret, changes) = await ResetAsync(scope.ServiceProvider, account, cancellation);
        await terminal.Out.WriteLineAsync($"Done for {account.DisplayName} ({account.Email}) of {organization.Name}:");
        foreach (var change in changes)
            await terminal.Out.WriteLineAsync($"  - {change}");
        await terminal.Out.WriteLineAsync("Open this link once, in a browser, to set a new passkey, or a new password and a new second step. It is not shown again:");
        await terminal.Out.WriteLineAsync($"  {origin}{AccountLinks.Path}#{secret}");
        return ExitCode.Done;
    }

    private static async Task<(string Secret, IReadOnlyList<string> Changes)> ResetAsync(IServiceProvider services, Account account, CancellationToken cancellation)
    {
        var database = services.GetRequiredService<ServerDatabase>();
        List<string> changes = ["password, passkeys, second step and recovery codes are taken away"];
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (account.DisabledAt is not null)
            changes.Add("the account was switched off and is switched on");
        if (account.OwnHours != "" || account.OwnNetworks != "")
            changes.Add("this person may sign in at any time and from anywhere");
        (account.PasswordHash, account.DisabledAt, account.OwnHours, account.OwnNetworks) = (null, null, "", "");
        await SecondFactor.ForgetAsync(database, account, cancellation);
        if (!await database.Set<AccountRole>().AnyAsync(row => row.AccountId == account.Id && row.Role == Role.Owner, cancellation))
        {
            database.Add(new AccountRole { OrganizationId = account.OrganizationId, AccountId = account.Id, Role = Role.Owner });
            await database.SaveChangesAsync(cancellation);
            changes.Add("this person was no owner and is one now");
        }

        var ended = await SignInEnding.RemoveAsync(database, account.Id, except: null, cancellation);
        changes.Add($"{ended.Count} sign-in(s) are ended, with what they had open");
        await services.GetRequiredService<AuditLog>().RecordAsync(
            database, new AuditEntry(Actor, "account.owner-reset", account.Id.ToString(), AuditEntry.Done, string.Join("; ", changes)), cancellation);
        var secret = await services.GetRequiredService<AccountLinks>().MakeAsync(account, AccountLink.Everything, Actor, cancellation);
        await transaction.CommitAsync(cancellation);
        services.GetRequiredService<SignInBell>().RingServer();
        return (secret, changes);
    }

    private static async Task<OperatorException> UnknownAsync(ServerDatabase database, (string Email, string Organization) asked, CancellationToken cancellation)
    {
        var owners = await database.Set<Account>().Where(row => database.Set<AccountRole>().Any(role => role.AccountId == row.Id && role.Role == Role.Owner))
            .Select(row => row.Email).ToListAsync(cancellation);
        return OperatorException.Usage(
            $"Nobody of {asked.Organization} has the e-mail address \"{asked.Email}\". Nothing was changed. Owners: {(owners.Count == 0 ? "none" : string.Join(", ", owners))}.");
    }
}
