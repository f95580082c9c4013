using System.Globalization;
using Nabij.Protocol;
using Nabij.Protocol.Log;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>
/// `nabij-server verify-log FILE`: checks a log that a customer saved (docs/protocol/10-customer-log.md) and says in words
/// what it says. With `--data` the organization's key must be one of this server's; without, only the file itself speaks.
/// </summary>
internal static class VerifyLogCommand
{
    private const long LargestFile = 8 * 1024 * 1024;

    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--data"], [], maximumWords: 1);
        if (arguments.Words is not [var file])
            throw OperatorException.Usage("Name the saved log: `nabij-server verify-log FILE --data DIR`.");
        var text = await ReadAsync(file, cancellation);
        var trusted = arguments.Find("--data") is { } data ? await KeysAsync(new DataFolder(data), cancellation) : [];
        var report = LogCheck.File(text, trusted);
        if (report.Opening is { } opening)
        {
            foreach (var line in About(opening)) await terminal.Out.WriteLineAsync(line);
            foreach (var entry in report.Entries) await terminal.Out.WriteLineAsync($"  {Time(entry.Time)}  {Whose(entry)}{Words(entry)}");
        }

        if (LogShares.FullIn(report.Entries) is { Count: > 0 } full)
            await terminal.Out.WriteLineAsync($"There may have been more of these than a log holds: {string.Join(", ", full)}.");
        if (Countersigned(report) is { } witnessed) await terminal.Out.WriteLineAsync(witnessed);
        await terminal.Out.WriteLineAsync(Verdict(report, trusted.Count > 0));
        return report.Problem is null ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellation)
    {
        try
        {
            if (new FileInfo(file).Length > LargestFile)
                throw new OperatorException($"{file} is not a saved log: it is larger than {LargestFile / (1024 * 1024)} MiB.");
            return await File.ReadAllTextAsync(file, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{file} cannot be read: {exception.Message}", cause: exception);
        }
    }

    private static async Task<IReadOnlyList<ReadOnlyMemory<byte>>> KeysAsync(DataFolder folder, CancellationToken cancellation)
    {
        await using var services = await CommandServices.OpenAsync(folder, cancellation);
        var keys = services.GetRequiredService<OrganizationKeys>();
        var organizations = await services.GetRequiredService<OrganizationDirectory>().AllAsync(cancellation);
        return [.. organizations.Select(one => (ReadOnlyMemory<byte>)keys.PublicKey(one.Id))];
    }

    private static IEnumerable<string> About(LogOpening opening)
    {
        var consent = opening.Consent;
        yield return $"Session {Convert.ToHexStringLower(opening.SessionId.Span)} of {Time(opening.Time)}, check number {opening.CheckNumber}";
        yield return $"Technician: {Printable(opening.Certificate.DisplayName)} ({Convert.ToHexStringLower(opening.Certificate.TechnicianId.Span)})";
        yield return $"Agreed to: terms {Printable(consent.TermsId)}, version {Printable(consent.TermsVersion)} ({Printable(consent.Language)}), "
            + $"at {Time(consent.Time)}; ticked: {consent.Ticks}; backup: {consent.Backup}";
        yield return opening.Receipt is { } receipt
            ? $"The server's receipt: the agreement was on record at {Time(receipt.Time)} by the server's clock, session {Convert.ToHexStringLower(receipt.Session.Span)} of its records"
            : "No receipt of the server: that the organization has the agreement on record is not stated here";
        yield return $"SHA-256 of the terms {Convert.ToHexStringLower(consent.TermsHash.Span)}, of the licence {Convert.ToHexStringLower(consent.LicenceHash.Span)}";
    }

    // The technician of the opening needs no name; the others are those that JOINED names.
    private static string Whose(LogEntry entry) => entry.Person is 0 or 1 ? "" : $"[person {entry.Person}] ";

    private static string Words(LogEntry entry) => entry.Kind switch
    {
        LogEntryKind.Allowed => $"the customer allowed: {entry.Permissions}",
        LogEntryKind.TakenBack => $"the customer took back: {entry.Permissions}",
        LogEntryKind.NotAllowed => $"the customer said no to: {entry.Permissions}",
        LogEntryKind.Stopped => $"the session was held: {entry.StopReason}",
        LogEntryKind.WentOn => "nothing held the session any more",
        LogEntryKind.Displays => $"the customer shared {entry.DisplayCount} display(s)",
        LogEntryKind.Refused => $"refused: message {entry.Message.Type} of channel {entry.Message.Channel}, without effect",
        LogEntryKind.FileReceived => "file to the customer: " + Words(entry.File),
        LogEntryKind.FileSent => "file from the customer: " + Words(entry.File),
        LogEntryKind.ClipboardPlaced => $"the technician put text on the customer's clipboard: {entry.ClipboardBytes} bytes",
        LogEntryKind.ClipboardGiven => $"the customer gave the text on the clipboard: {entry.ClipboardBytes} bytes",
        LogEntryKind.FactsGiven => $"the technician received {entry.FactCount} fact(s) about the computer",
        LogEntryKind.PictureKept => $"the technician kept a picture of the screen, number {entry.Picture:N}",
        LogEntryKind.Lost => "the connection was lost; nothing was in force",
        LogEntryKind.Resumed when entry.Permissions == Permissions.None => "the technician was back",
        LogEntryKind.Resumed => $"the technician was back; no longer allowed because of the absence: {entry.Permissions}",
        LogEntryKind.Joined => $"{Printable(entry.Joined.Name)} came into the session as a {entry.Joined.Role.ToString().ToLowerInvariant()}",
        LogEntryKind.Left => entry.Reason is { } why ? $"left the session: {why}" : "left the session: the connection was lost",
        _ => entry.Reason is { } reason ? $"the session ended: {reason}" : "the session ended: the connection or the screen was lost",
    };

    private static string Words(LoggedFile file)
    {
        var named = $"\"{Printable(file.Name)}\", {file.Size} bytes";
        return file.Reason is { } reason ? $"{named}, did not arrive whole: {reason}" : $"{named}, SHA-256 {Convert.ToHexStringLower(file.Hash.Span)}";
    }

    // Null: the log is broken, and that is what counts.
    private static string? Countersigned(LogReport report) => report switch
    {
        { Problem: not (null or LogProblem.CutShort) } => null,
        { Countersigned: [] } => "NOT COUNTERSIGNED: the technician's key signed none of it. It stands on the word of the customer's program alone.",
        { Countersigned: [.., var last] } when last == report.Entries.Count =>
            $"Countersigned by the technician's key, up to the last entry ({report.Countersigned.Count} signatures: {string.Join(", ", report.Countersigned)}).",
        _ => $"Countersigned by the technician's key up to entry {report.Countersigned[^1]} of {report.Entries.Count}, NOT the last ones: "
            + "those stand on the word of the customer's program alone (the technician's page was gone, or it did not answer).",
    };

    private static string Verdict(LogReport report, bool isCompared) => report.Problem switch
    {
        null => $"{report.Entries.Count} entries, all as they were written."
            + (isCompared ? " The organization is one of this server." : " The organization's key was not compared: give --data to do so."),
        LogProblem.Malformed => "BROKEN: this is no saved log, or it is damaged beyond reading.",
        LogProblem.Certificate => "BROKEN: the organization did not certify this technician.",
        LogProblem.UnknownOrganization => "NOT OURS: the log is of another organization than those of this server.",
        LogProblem.Receipt => "BROKEN: the server's receipt in it is not of this organization, or not for this agreement.",
        LogProblem.Signature => $"BROKEN: entry {report.ProblemAt} is not as it was written, or one before it is missing.",
        LogProblem.Countersignature => $"BROKEN: the countersignature of entry {report.ProblemAt} is not that of this technician in this session.",
        LogProblem.Order => $"BROKEN: entry {report.ProblemAt} is out of order.",
        _ => $"CUT SHORT: {report.Entries.Count} entries, all as they were written, but there is no end. There may have been more.",
    };

    private static string Time(ulong seconds) =>
        DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(seconds, LatestSecond)).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private const ulong LatestSecond = 253_402_300_799; // the year 9999

    // What the file says is a stranger's: it must not steer the terminal.
    private static string Printable(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));
}
