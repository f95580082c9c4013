using Microsoft.EntityFrameworkCore;
using Nabij.Protocol.Organizations;
using Nabij.Server.Accounts;
using Nabij.Server.Desk;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>`nabij-server requests FILE`: writes what the organization's key, kept elsewhere, is to sign.</summary>
internal static class RequestsCommand
{
    /// <summary>A certificate that ends sooner is asked for anew.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(30);

    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--data", "--organization", "--origin"], ["--all"], maximumWords: 1);
        if (arguments.Words is not [var word])
            throw OperatorException.Usage("Name the file to write: `nabij-server requests FILE --data DIR`.");
        await using var services = await CommandServices.OpenAsync(new DataFolder(arguments.Require("--data")), cancellation);
        var (organization, origin) = await OrganizationChoice.FindAsync(services, arguments, cancellation);
        if (!services.GetRequiredService<OrganizationKeys>().IsOffline(organization.Id))
            throw new OperatorException($"{organization.Name} has its key on this server, which signs by itself. There is nothing to carry.");
        var document = await services.GetRequiredService<OrganizationDocuments>().DraftAsync(organization, origin, cancellation);
        var technicians = await TechniciansAsync(services, organization.Id, arguments.Has("--all"), cancellation);
        var records = services.GetRequiredService<RecordsKeys>();
        var recordsKey = arguments.Has("--all") || EndsSoon(records.Certificate(organization.Id), services) ? Convert.ToBase64String(records.PublicKey(organization.Id)) : null;
        var requests = new SigningRequests(1, Convert.ToBase64String(document.ToPayload()), technicians, recordsKey);
        var file = Path.GetFullPath(word);
        await OutputFile.WriteAsync(file, SigningRequests.Write(requests), cancellation);
        await terminal.Out.WriteLineAsync($"{file} asks for the document of {organization.Name} and for {technicians.Count} certificate(s):");
        foreach (var one in technicians)
            await terminal.Out.WriteLineAsync($"  {KeyFile.Fingerprint(Convert.FromBase64String(one.PublicKey))}  {one.Name}");
        if (recordsKey is not null)
            await terminal.Out.WriteLineAsync($"  {KeyFile.Fingerprint(Convert.FromBase64String(recordsKey))}  the server's records key: it signs customers' receipts, nothing else");
        await terminal.Out.WriteLineAsync("Take it to the machine with the key and run `nabij-server sign` there; compare each fingerprint with the one on the technician's own screen.");
        return ExitCode.Done;
    }

    private static bool EndsSoon(RecordsCertificate? certificate, ServiceProvider services) =>
        certificate?.Covers((ulong)(services.GetRequiredService<TimeProvider>().GetUtcNow() + Renewal).ToUnixTimeSeconds()) != true;

    // Of those who may help: keys without a certificate, or with one that ends soon.
    private static async Task<IReadOnlyList<SigningRequests.Technician>> TechniciansAsync(
        ServiceProvider services, Guid organization, bool isAll, CancellationToken cancellation)
    {
        var soon = services.GetRequiredService<TimeProvider>().GetUtcNow() + Renewal;
        await using var database = services.GetRequiredService<DatabaseSource>().Open(organization);
        var allowed = await database.Set<Account>().AsNoTracking().Where(account => account.DisabledAt == null)
            .Where(account => database.Set<AccountRole>().Any(role => role.AccountId == account.Id && role.Role == Role.Technician))
            .ToDictionaryAsync(account => account.Id, cancellation);
        var keys = await services.GetRequiredService<TechnicianKeys>().AllAsync(organization, cancellation);
        return
        [
            .. keys.Where(key => allowed.ContainsKey(key.TechnicianId) && (isAll || key.NotAfter is null || key.NotAfter < soon))
                .Select(key => new SigningRequests.Technician(
                    key.TechnicianId.ToString("N"), allowed[key.TechnicianId].DisplayName, key.PublicKey, (uint)CertificateDesk.Rights)),
        ];
    }
}
