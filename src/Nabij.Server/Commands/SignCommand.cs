using System.Globalization;
using System.Security.Cryptography;
using Nabij.Protocol;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;
using Nabij.Server.Desk;
using Nabij.Server.Organizations;

namespace Nabij.Server.Commands;

/// <summary>
/// `nabij-server sign FILE --key KEY --out FILE`: signs, where the organization's key is kept, what a server asks for. It
/// trusts nothing of the file: it says in words what it signs, and asks before it does.
/// </summary>
internal static class SignCommand
{
    /// <summary>The longest a certificate may be good for (security.md 3.8).</summary>
    internal const int MostDays = 90;

    private const int MostTechnicians = 1000;

    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--key", "--out", "--days", "--pass-phrase-file"], ["--yes"], maximumWords: 1);
        if (arguments.Words is not [var file])
            throw OperatorException.Usage("Name the file that `nabij-server requests` wrote: `nabij-server sign FILE --key KEY --out SIGNED`.");
        var (target, days) = (Path.GetFullPath(arguments.Require("--out")), Days(arguments.Find("--days")));
        var requests = await SigningRequests.ReadAsync<SigningRequests>(file, read => read.Format == 1 && read.Technicians.Count <= MostTechnicians, cancellation);
        var (document, fields) = Read(file, requests, days);
        var recordsKey = RecordsKey(file, requests);
        await SayAsync(terminal, document, fields, days);
        if (recordsKey is not null)
            await terminal.Out.WriteLineAsync($"  {KeyFile.Fingerprint(recordsKey)}  the server's records key, for {(int)RecordsKeys.Validity.TotalDays} days (receipts for customers)");
        if (!arguments.Has("--yes") && !await AgreeAsync(terminal))
            return ExitCode.Failed;
        using var key = KeyFile.Open(arguments.Require("--key"), KeyFile.PassPhrase(arguments.Find("--pass-phrase-file")));
        if (!document.Keys[0].Span.SequenceEqual(key.ExportSubjectPublicKeyInfo()))
            throw new OperatorException($"{document.DisplayName} has another key than this one: the server was set up with {KeyFile.Fingerprint(document.Keys[0].Span)}.");
        var answer = new SigningRequests.Answer(
            1, Convert.ToBase64String(document.Sign(key)), [.. fields.Select(one => Convert.ToBase64String(TechnicianCertificate.Create(one, key)))],
            recordsKey is null ? null : Convert.ToBase64String(Certify(recordsKey, key)));
        await OutputFile.WriteAsync(target, SigningRequests.Write(answer), cancellation);
        await terminal.Out.WriteLineAsync($"{target} is signed. Take it to the server and run `nabij-server import` there.");
        return ExitCode.Done;
    }

    private static byte[]? RecordsKey(string file, SigningRequests requests)
    {
        if (requests.RecordsKey is not { } asked) return null;
        var point = new byte[P256.PointBytes];
        return Convert.TryFromBase64String(asked, point, out var length) && P256.IsPoint(point.AsSpan(0, length))
            ? point
            : throw new OperatorException($"{file} is damaged: nothing was signed. Write it again with `nabij-server requests`.", ExitCode.Failed);
    }

    private static byte[] Certify(byte[] recordsKey, ECDsa organizationKey)
    {
        var now = TimeProvider.System.GetUtcNow();
        return RecordsCertificate.Create(
            organizationKey, recordsKey, (ulong)(now - CertificateDesk.Backdating).ToUnixTimeSeconds(), (ulong)(now + RecordsKeys.Validity).ToUnixTimeSeconds());
    }

    private static int Days(string? given)
    {
        if (given is null)
            return MostDays;
        return int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostDays
            ? days
            : throw OperatorException.Usage($"--days is a number from 1 to {MostDays}.");
    }

    private static (OrganizationDocument Document, IReadOnlyList<CertificateFields> Technicians) Read(string file, SigningRequests requests, int days)
    {
        var notBefore = TimeProvider.System.GetUtcNow() - CertificateDesk.Backdating;
        try
        {
            var document = OrganizationDocument.ReadPayload(Convert.FromBase64String(requests.Document));
            var technicians = requests.Technicians.Select(one => new CertificateFields
            {
                TechnicianId = Convert.FromHexString(one.Id),
                DisplayName = one.Name,
                PublicKey = Convert.FromBase64String(one.PublicKey),
                NotBefore = (ulong)notBefore.ToUnixTimeSeconds(),
                NotAfter = (ulong)notBefore.AddDays(days).ToUnixTimeSeconds(),
                Rights = (Permissions)one.Rights & CertificateDesk.Rights,
            }).ToList();
            var isWhole = technicians.All(one => one.TechnicianId.Length == TechnicianCertificate.TechnicianIdBytes
                && P256.IsPoint(one.PublicKey.Span) && one.DisplayName.Length > 0 && !one.DisplayName.Any(char.IsControl));
            return isWhole ? (document, technicians) : throw new FormatException();
        }
        catch (Exception wrong) when (wrong is WireFormatException or HandshakeException or FormatException)
        {
            throw new OperatorException($"{file} is damaged: nothing was signed. Write it again with `nabij-server requests`.", ExitCode.Failed, wrong);
        }
    }

    private static async Task SayAsync(Terminal terminal, OrganizationDocument document, IReadOnlyList<CertificateFields> technicians, int days)
    {
        await terminal.Out.WriteLineAsync($"Organization: {document.DisplayName}, at {document.Origin}, phone {document.Phone}");
        await terminal.Out.WriteLineAsync($"Contact for abuse: {(document.AbuseContact.Length == 0 ? "the phone" : document.AbuseContact)}");
        await terminal.Out.WriteLineAsync($"May not help any more: {document.DeniedTechnicians.Count} technician(s)");
        await terminal.Out.WriteLineAsync($"Certificates for {days} days:");
        foreach (var one in technicians)
            await terminal.Out.WriteLineAsync($"  {KeyFile.Fingerprint(one.PublicKey.Span)}  {one.DisplayName}  ({Convert.ToHexStringLower(one.TechnicianId.Span)})");
        await terminal.Out.WriteLineAsync("Sign only keys whose fingerprint the technician has read out to you from the own screen.");
    }

    private static async Task<bool> AgreeAsync(Terminal terminal)
    {
        await terminal.Out.WriteAsync("Sign all of this? Type yes: ");
        if (string.Equals((await terminal.In.ReadLineAsync())?.Trim(), "yes", StringComparison.OrdinalIgnoreCase))
            return true;
        await terminal.Out.WriteLineAsync("Nothing was signed.");
        return false;
    }
}
