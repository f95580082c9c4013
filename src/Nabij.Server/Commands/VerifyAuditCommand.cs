using System.Globalization;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Records;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>
/// `nabij-server verify-audit`: recomputes every chain and names the first line that is not as it was written; with `--file` it
/// checks an exported log with its proof, for which no server is needed.
/// </summary>
internal static class VerifyAuditCommand
{
    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--data", "--file", "--expect", "--organization"], []);
        if (arguments.Find("--file") is { } file)
            return await FileAsync(file, arguments.Find("--data"), terminal, cancellation);
        await using var services = await CommandServices.OpenAsync(new DataFolder(arguments.Require("--data")), cancellation);
        var organizations = await services.GetRequiredService<OrganizationDirectory>().AllAsync(cancellation);
        var expected = Expected(arguments.Find("--expect"));
        var only = arguments.Find("--organization");
        if (expected is not null && only is null && organizations.Count > 1)
            throw OperatorException.Usage("--expect is of one organization: name it with --organization SLUG.");
        var isWhole = true;
        foreach (var organization in organizations.Where(one => only is null || one.Slug == only))
            isWhole &= await ChainAsync(services, organization, expected, terminal, cancellation);
        return isWhole ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<bool> ChainAsync(
        ServiceProvider services, Organization organization, AuditVerification.Expected? expected, Terminal terminal, CancellationToken cancellation)
    {
        var report = await services.GetRequiredService<AuditVerification>().VerifyAsync(organization.Id, cancellation, expected);
        if (report.Problem is { } problem)
        {
            await terminal.Out.WriteLineAsync($"{organization.Slug}: BROKEN after {report.Count} events: {problem}");
            return false;
        }

        await terminal.Out.WriteLineAsync($"{organization.Slug}: {report.Count} events, all whole; {report.Checkpoints} signed checkpoints met; last hash {report.Hash}");
        if (report.Note is { } note)
            await terminal.Out.WriteLineAsync($"{organization.Slug}: note: {note}");
        if (report.Doubt is not { } doubt)
            return true;
        await terminal.Out.WriteLineAsync($"{organization.Slug}: NOT PROVEN: {doubt}");
        return false;
    }

    private static async Task<int> FileAsync(string file, string? data, Terminal terminal, CancellationToken cancellation)
    {
        AuditProofCheck.Report report;
        try
        {
            using var reader = new StreamReader(file);
            report = await AuditProofCheck.CheckAsync(reader, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{file} cannot be read: {exception.Message}", cause: exception);
        }

        if (report.Problem is { } problem)
        {
            await terminal.Out.WriteLineAsync($"{report.Organization}: BROKEN after {report.Count} events: {problem}");
            return ExitCode.Failed;
        }

        await terminal.Out.WriteLineAsync($"{report.Organization}: {report.Count} events, all whole, up to the signed checkpoint; last hash {report.Hash}");
        var (isOwn, words) = await StandingAsync(report.OrganizationKey, data, cancellation);
        await terminal.Out.WriteLineAsync(words);
        return isOwn ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Who stands behind a signature, in words, and whether that is as it should be.</summary>
    internal static async Task<(bool IsOwn, string Words)> StandingAsync(byte[] organizationKey, string? data, CancellationToken cancellation)
    {
        if (organizationKey.Length == 0)
            return (data is null, "The key that signed is NOT certified by an organization's key: only this server's disk vouches for it.");
        if (data is null)
            return (true, $"Certified by the organization's key {KeyFile.Fingerprint(organizationKey)}. Give --data to compare it with a server's own.");
        await using var services = await CommandServices.OpenAsync(new DataFolder(data), cancellation);
        var keys = services.GetRequiredService<OrganizationKeys>();
        var all = await services.GetRequiredService<OrganizationDirectory>().AllAsync(cancellation);
        return all.FirstOrDefault(one => keys.PublicKey(one.Id).AsSpan().SequenceEqual(organizationKey)) is { } own
            ? (true, $"Certified by the key of {own.Name}, which is one of this server.")
            : (false, "NOT OURS: certified by the key of another organization than those of this server.");
    }

    private static AuditVerification.Expected? Expected(string? text)
    {
        if (text is null)
            return null;
        return text.Split(':') is [var seq, { Length: 64 } hash] && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new AuditVerification.Expected(number, hash)
            : throw OperatorException.Usage("--expect takes the number of an event and its hash, as `verify-audit` printed them: 123:ab12...");
    }
}
