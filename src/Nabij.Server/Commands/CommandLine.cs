// The door of the program: picks the command, and turns everything an operator can mend into one plain message
// and an exit code.

using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

internal static class CommandLine
{
    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        try
        {
            return await DispatchAsync(args, terminal, cancellation);
        }
        catch (OperatorException problem)
        {
            await terminal.Error.WriteLineAsync($"nabij-server: {problem.Message}");
            return problem.ExitCode;
        }
        catch (Exception exception) when (StorageProblem.Find(exception) is { } problem)
        {
            await terminal.Error.WriteLineAsync($"nabij-server: {problem.ForOperator}");
            return ExitCode.Environment;
        }
    }

    private static readonly string[] Commands = ["run", "setup", "organization", "package", "revoke", "make-key", "requests", "sign", "import", "verify-audit", "verify-log", "verify-receipt", "backup", "restore", "check", "reset-owner", "help", "version"];

    private static string Meant(string command) =>
        NearestWord.Find(command, Commands) is { } nearest ? $" Did you mean \"{nearest}\"?" : "";

    private static Task<int> DispatchAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var (command, rest) = args is [{ } first, ..] && !first.StartsWith('-') ? (first, args[1..]) : ("run", args);
        if (args.Contains("--help") || args.Contains("-h"))
            command = "help";
        if (args is ["--version"])
            command = "version";

        return command switch
        {
            "run" => RunCommand.RunAsync(rest, terminal, cancellation),
            "setup" => SetupCommand.RunAsync(rest, terminal, cancellation),
            "organization" => OrganizationCommand.RunAsync(rest, terminal, cancellation),
            "package" => PackageCommand.RunAsync(rest, terminal, cancellation),
            "revoke" => RevokeCommand.RunAsync(rest, terminal, cancellation),
            "make-key" => MakeKeyCommand.RunAsync(rest, terminal, cancellation),
            "requests" => RequestsCommand.RunAsync(rest, terminal, cancellation),
            "sign" => SignCommand.RunAsync(rest, terminal, cancellation),
            "import" => ImportCommand.RunAsync(rest, terminal, cancellation),
            "verify-audit" => VerifyAuditCommand.RunAsync(rest, terminal, cancellation),
            "verify-log" => VerifyLogCommand.RunAsync(rest, terminal, cancellation),
            "verify-receipt" => VerifyReceiptCommand.RunAsync(rest, terminal, cancellation),
            "backup" => BackupCommand.RunAsync(rest, terminal, cancellation),
            "restore" => RestoreCommand.RunAsync(rest, terminal, cancellation),
            "check" => CheckCommand.RunAsync(rest, terminal, cancellation),
            "reset-owner" => ResetOwnerCommand.RunAsync(rest, terminal, cancellation),
            "help" => Usage.WriteAsync(terminal.Out),
            "version" => Usage.WriteVersionAsync(terminal.Out),
            _ => throw OperatorException.Usage($"There is no command \"{command}\".{Meant(command)} `nabij-server help` lists all commands."),
        };
    }
}
