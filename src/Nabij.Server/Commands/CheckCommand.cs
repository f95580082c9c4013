using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.SelfTest;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>`nabij-server check`: what is wrong with this server, in words; what only a running one can tell stands on its page /checks.</summary>
internal static class CheckCommand
{
    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--data"], []);
        var folder = new DataFolder(arguments.Require("--data"));
        await using var services = await CommandServices.OpenAsync(folder, cancellation);
        var isGood = await WriteAsync("server", [.. services.GetRequiredService<MachineChecks>().Find(), .. await services.GetRequiredService<StoreChecks>().FindAsync(cancellation)], terminal);
        foreach (var organization in await services.GetRequiredService<OrganizationDirectory>().AllAsync(cancellation))
            isGood &= await WriteAsync(organization.Slug, await services.GetRequiredService<OrganizationChecks>().FindAsync(organization, cancellation), terminal);
        await terminal.Out.WriteLineAsync("The address, the certificate and the proxy are looked at by the page /checks of the running server.");
        return isGood ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<bool> WriteAsync(string about, IReadOnlyList<Finding> findings, Terminal terminal)
    {
        foreach (var finding in findings.OrderByDescending(finding => finding.Level))
        {
            var word = finding.Level switch { FindingLevel.Good => "good  ", FindingLevel.Notice => "notice", _ => "BAD   " };
            await terminal.Out.WriteLineAsync($"{word} {about}: {finding.In(Texts.English)}");
        }

        return findings.All(finding => finding.Level != FindingLevel.Bad);
    }
}
