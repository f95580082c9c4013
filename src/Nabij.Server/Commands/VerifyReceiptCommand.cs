using System.Globalization;
using Nabij.Protocol.Wire;
using Nabij.Server.Records;

namespace Nabij.Server.Commands;

/// <summary>
/// `nabij-server verify-receipt FILE`: checks the receipt of a consent, as the page that was saved or printed to a file
/// (docs/records.md), and says in words what it says.
/// </summary>
internal static class VerifyReceiptCommand
{
    private const long LargestFile = 4 * 1024 * 1024;

    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--data"], [], maximumWords: 1);
        if (arguments.Words is not [var file])
            throw OperatorException.Usage("Name the saved receipt: `nabij-server verify-receipt FILE --data DIR`.");
        var text = await ReadAsync(file, cancellation);
        try
        {
            var signed = SignedStatement.Find(text);
            var receipt = ConsentReceipt.Decode(signed.Statement);
            foreach (var line in About(receipt))
                await terminal.Out.WriteLineAsync(line);
            if (!signed.IsSigned)
            {
                await terminal.Out.WriteLineAsync("BROKEN: the receipt is not as it was signed.");
                return ExitCode.Failed;
            }

            var (isOwn, words) = await VerifyAuditCommand.StandingAsync(signed.IsCertified ? signed.OrganizationKey : [], arguments.Find("--data"), cancellation);
            await terminal.Out.WriteLineAsync($"Signed, and as it was signed. {words}");
            return isOwn ? ExitCode.Done : ExitCode.Failed;
        }
        catch (WireFormatException)
        {
            await terminal.Out.WriteLineAsync("BROKEN: there is no receipt in this file, or it is damaged beyond reading.");
            return ExitCode.Failed;
        }
    }

    private static IEnumerable<string> About(ConsentReceipt receipt)
    {
        var record = receipt.Record;
        yield return $"{Printable(receipt.OrganizationName)} ({receipt.Organization:D}) received a consent at {Time(receipt.Received)}; receipt made at {Time(receipt.Issued)}";
        yield return $"Agreed to: terms {Printable(record.TermsId)}, version {Printable(record.TermsVersion)} ({Printable(record.Language)}), at {Time(record.Time)} by the customer's clock";
        yield return $"Ticked: {record.Ticks}; backup: {record.Backup}";
        yield return $"SHA-256 of the terms {Convert.ToHexStringLower(record.TermsHash.Span)}, of the licence {Convert.ToHexStringLower(record.LicenceHash.Span)}";
        yield return $"Consent record {Convert.ToHexStringLower(record.Hash())}";
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancellation)
    {
        try
        {
            if (new FileInfo(file).Length > LargestFile)
                throw new OperatorException($"{file} is no saved receipt: it is larger than {LargestFile / (1024 * 1024)} MiB.");
            return await File.ReadAllTextAsync(file, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{file} cannot be read: {exception.Message}", cause: exception);
        }
    }

    private static string Time(ulong seconds) =>
        DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(seconds, LatestSecond)).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private const ulong LatestSecond = 253_402_300_799; // the year 9999

    // What the file says may be a stranger's: it must not steer the terminal.
    private static string Printable(string text) => Audit.AuditText.Escape(text, 200);
}
