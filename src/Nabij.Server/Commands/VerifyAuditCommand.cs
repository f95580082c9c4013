using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>`nabij-server verify-audit`: recomputes every chain and names the first line that is not as it was written.</summary>
internal static class VerifyAuditCommand
{
    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--data"], []);
        await using var services = await CommandServices.OpenAsync(new DataFolder(arguments.Require("--data")), cancellation);
        var source = services.GetRequiredService<DatabaseSource>();
        var isWhole = true;
        foreach (var organization in await services.GetRequiredService<OrganizationDirectory>().AllAsync(cancellation))
        {
            await using var database = source.Open(organization.Id);
            var report = await AuditVerification.VerifyAsync(database, cancellation);
            isWhole &= report.Problem is null;
            await terminal.Out.WriteLineAsync(report.Problem is { } problem
                ? $"{organization.Slug}: BROKEN after {report.Count} events: {problem}"
                : $"{organization.Slug}: {report.Count} events, all whole; last hash {report.Hash}");
        }

        return isWhole ? ExitCode.Done : ExitCode.Failed;
    }
}
