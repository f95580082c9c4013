using System.Globalization;
using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>`nabij-server revoke`: a technician may not help any more, or again; or the list of who may not.</summary>
internal static class RevokeCommand
{
    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--data", "--organization", "--origin"], ["--list", "--lift"], maximumWords: 1);
        await using var services = await CommandServices.OpenAsync(new DataFolder(arguments.Require("--data")), cancellation);
        var organization = await OrganizationChoice.FindOrganizationAsync(services, arguments, cancellation);
        var list = services.GetRequiredService<DenyList>();
        if (arguments.Has("--list"))
            return await ListAsync(await list.AllAsync(organization.Id, cancellation), terminal);
        if (arguments.Words is not [var word])
            throw OperatorException.Usage("Name the technician, by name, e-mail or id: `nabij-server revoke NAME --data DIR`, or give --list.");
        var work = new Work(organization, list, terminal);
        await (arguments.Has("--lift") ? work.LiftAsync(word, cancellation) : work.AddAsync(word, cancellation));
        services.GetRequiredService<SignInBell>().RingServer();
        if (services.GetRequiredService<OrganizationKeys>().IsOffline(organization.Id))
            await terminal.Out.WriteLineAsync("Customers' programs learn of it from the signed document, and the key is kept elsewhere: run `nabij-server requests`, `sign` and `import` now.");
        return ExitCode.Done;
    }

    private static async Task<int> ListAsync(IReadOnlyList<DeniedTechnician> denied, Terminal terminal)
    {
        foreach (var one in denied)
            await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{one.TechnicianId:N}  {one.DeniedAt:yyyy-MM-dd HH:mm} UTC  {one.Name}"));
        if (denied.Count == 0)
            await terminal.Out.WriteLineAsync("Nobody is on the list.");
        return ExitCode.Done;
    }

    /// <summary>What one call does with the list of one organization.</summary>
    private sealed class Work(Organization organization, DenyList list, Terminal terminal)
    {
        internal async Task AddAsync(string word, CancellationToken cancellation)
        {
            var (id, name) = await ChooseAsync(word, cancellation);
            if ((await list.AllAsync(organization.Id, cancellation)).Count >= DenyList.Most)
                throw new OperatorException($"The list is full: it holds {DenyList.Most} technicians. Lift those whose certificates have ended long ago.");
            await terminal.Out.WriteLineAsync(await list.AddAsync(organization.Id, id, name, cancellation)
                ? $"{name} ({id:N}) may not help any more: signed out, sessions end within seconds, and customers' programs refuse the certificate."
                : $"{name} ({id:N}) was on the list already.");
        }

        internal async Task LiftAsync(string word, CancellationToken cancellation)
        {
            var denied = (await list.AllAsync(organization.Id, cancellation))
                .Where(one => Guid.TryParse(word, out var given) ? one.TechnicianId == given : string.Equals(one.Name, word, StringComparison.OrdinalIgnoreCase)).ToList();
            var id = denied is [var only] ? only.TechnicianId : (await ChooseAsync(word, cancellation)).Id;
            await terminal.Out.WriteLineAsync(await list.RemoveAsync(organization.Id, id, cancellation)
                ? $"{word} may help again, and signs in as before."
                : $"{word} was not on the list.");
        }

        // An id needs no account: the certificate may outlive it.
        private async Task<(Guid Id, string Name)> ChooseAsync(string word, CancellationToken cancellation)
        {
            var found = await list.FindAsync(organization.Id, word, cancellation);
            if (found.Count > 1)
                throw OperatorException.Usage($"{found.Count} technicians are called that. Give the id or the e-mail: {string.Join(", ", found.Select(Name))}.");
            if (found is [var account])
                return (account.Id, account.DisplayName);
            return Guid.TryParse(word, out var id) ? (id, "(no account)") : throw OperatorException.Usage($"Nobody of {organization.Name} has the name, e-mail or id \"{word}\".");
        }

        private static string Name(Account account) => $"{account.Id:N} ({account.Email})";
    }
}
