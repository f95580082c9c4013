using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>
/// `nabij-server package FILE`: appends the organization block (docs/protocol/02) to a published program, the same
/// bytes for every customer. Done before the organization's own code signing, if there is any.
/// </summary>
internal static class PackageCommand
{
    private const long MaximumProgramBytes = 512L * 1024 * 1024;

    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--data", "--organization", "--origin", "--out"], [], maximumWords: 1);
        if (arguments.Words is not [var program])
            throw OperatorException.Usage("Name the program to package: `nabij-server package FILE --data DIR`.");

        var folder = new DataFolder(arguments.Require("--data"));
        await using var services = await CommandServices.OpenAsync(folder, cancellation);
        var (organization, origin) = await OrganizationChoice.FindAsync(services, arguments, cancellation);
        var bytes = await ReadAsync(program, cancellation);
        RefuseSecondBlock(program, bytes);

        var block = OrganizationBlock.Create(await services.GetRequiredService<OrganizationDocuments>().SignAsync(organization, origin, cancellation));
        var target = Path.GetFullPath(arguments.Find("--out") ?? Path.Combine(await FolderAsync(services, folder, organization, cancellation), Path.GetFileName(program)));
        await OutputFile.WriteAsync(
            target,
            async (stream, token) =>
            {
                await stream.WriteAsync(bytes, token);
                await stream.WriteAsync(block, token);
            },
            Executable,
            cancellation);
        await terminal.Out.WriteLineAsync($"{target} is the program of {organization.Name} for {origin}.");
        return ExitCode.Done;
    }

    /// <summary>Where the help page looks: the organization made first has the folder itself, each other one of its own in it.</summary>
    private static async Task<string> FolderAsync(IServiceProvider services, DataFolder folder, Organization organization, CancellationToken cancellation)
    {
        var isFirst = (await services.GetRequiredService<OrganizationDirectory>().FindDefaultAsync(cancellation))?.Id == organization.Id;
        return isFirst ? folder.DownloadsFolder : Directory.CreateDirectory(Path.Combine(folder.DownloadsFolder, organization.Slug)).FullName;
    }

    private static async Task<byte[]> ReadAsync(string program, CancellationToken cancellation)
    {
        try
        {
            if (new FileInfo(program).Length is 0 or > MaximumProgramBytes)
                throw new OperatorException($"{program} is not a program: it is empty or larger than {MaximumProgramBytes / (1024 * 1024)} MiB.");
            return await File.ReadAllBytesAsync(program, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{program} cannot be read: {exception.Message}", cause: exception);
        }
    }

    private static void RefuseSecondBlock(string program, byte[] bytes)
    {
        try
        {
            if (OrganizationBlock.Find(bytes).IsEmpty)
                return;
        }
        catch (WireFormatException)
        {
            // What ends in the magic but is no whole block is no fresh program either.
        }

        throw new OperatorException($"{program} already carries the block of an organization. Take the program as it was published.", ExitCode.Failed);
    }
}
