using System.Text;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>`nabij-server organization`: changes what customers are told about it, and writes the signed org.json.</summary>
internal static class OrganizationCommand
{
    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--data", "--organization", "--origin", "--export", "--phone", "--abuse-contact"], ["--list"]);
        if (arguments.Has("--list"))
            return await ListAsync(arguments, terminal, cancellation);
        var changes = Changes(arguments);
        var file = changes.Count == 0 || arguments.Find("--export") is not null ? Path.GetFullPath(arguments.Require("--export")) : null;
        await using var services = await CommandServices.OpenAsync(new DataFolder(arguments.Require("--data")), cancellation);
        var (organization, origin) = await OrganizationChoice.FindAsync(services, arguments, cancellation);
        foreach (var (name, text, change) in changes)
        {
            change(organization, text);
            await terminal.Out.WriteLineAsync($"{name[2..]} is now: {(text.Length == 0 ? "(empty)" : text)}");
        }

        if (changes.Count > 0)
            await KeepAsync(services, organization, cancellation);
        if (file is null)
            return ExitCode.Done;
        await OutputFile.WriteAsync(file, await services.GetRequiredService<OrganizationDocuments>().SignAsync(organization, origin, cancellation), cancellation);
        await terminal.Out.WriteLineAsync($"The signed document of {organization.Name} for {origin} is in {file}.");
        return ExitCode.Done;
    }

    private static async Task<int> ListAsync(Arguments arguments, Terminal terminal, CancellationToken cancellation)
    {
        await using var services = await CommandServices.OpenAsync(new DataFolder(arguments.Require("--data")), cancellation);
        foreach (var one in await services.GetRequiredService<OrganizationDirectory>().AllAsync(cancellation))
            await terminal.Out.WriteLineAsync($"/o/{one.Slug}  {one.Name}");
        return ExitCode.Done;
    }

    private static List<(string Name, string Text, Action<Organization, string> Change)> Changes(Arguments arguments)
    {
        (string Name, int Bytes, Action<Organization, string> Change)[] known =
        [
            ("--phone", 32, (organization, text) => organization.Phone = text), ("--abuse-contact", 128, (organization, text) => organization.AbuseContact = text),
        ];
        var changes = new List<(string, string, Action<Organization, string>)>();
        foreach (var (name, bytes, change) in known)
        {
            if (arguments.Find(name) is not { } text)
                continue;
            if (Encoding.UTF8.GetByteCount(text) > bytes || text.Any(char.IsControl))
                throw OperatorException.Usage($"{name} has at most {bytes} bytes and no control characters.");
            changes.Add((name, text, change));
        }

        return changes;
    }

    private static async Task KeepAsync(IServiceProvider services, Organization organization, CancellationToken cancellation)
    {
        await using var database = services.GetRequiredService<DatabaseSource>().Open(organization.Id);
        await database.Set<Organization>().Where(row => row.Id == organization.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Phone, organization.Phone).SetProperty(row => row.AbuseContact, organization.AbuseContact), cancellation);
        var entry = new AuditEntry("command", "organization.changed", organization.Id.ToString(), AuditEntry.Done, "phone or contact for abuse");
        await services.GetRequiredService<AuditLog>().RecordAsync(database, entry, cancellation);
    }
}
