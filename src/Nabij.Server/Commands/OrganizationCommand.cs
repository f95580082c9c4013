using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>`nabij-server organization --export FILE`: writes the signed org.json.</summary>
internal static class OrganizationCommand
{
    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--data", "--organization", "--origin", "--export"], []);
        var file = Path.GetFullPath(arguments.Require("--export"));
        await using var services = await CommandServices.OpenAsync(new DataFolder(arguments.Require("--data")), cancellation);
        var (organization, origin) = await OrganizationChoice.FindAsync(services, arguments, cancellation);
        await OutputFile.WriteAsync(file, services.GetRequiredService<OrganizationDocuments>().Sign(organization, origin), cancellation);
        await terminal.Out.WriteLineAsync($"The signed document of {organization.Name} for {origin} is in {file}.");
        return ExitCode.Done;
    }
}
