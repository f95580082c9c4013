using System.Runtime.Versioning;
using System.Security.Cryptography;
using Nabij.Protocol;
using Nabij.Protocol.Files;
using Nabij.Protocol.Log;
using Nabij.Protocol.Organizations;
using Nabij.Server.Commands;

namespace Nabij.Server.Tests.Commands;

/// <summary>`nabij-server verify-log`: what a customer saved, in words and with a verdict.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class VerifyLogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nabij-log-");
    private readonly ECDsa _organization = ECDsa.Create(ECCurve.NamedCurves.nistP256), _technician = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose()
    {
        _organization.Dispose();
        _technician.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_whole_log_is_said_in_words()
    {
        var (code, output) = await VerifyAsync(Page("Peter"));
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("Technician: Peter", output, StringComparison.Ordinal);
        Assert.Contains("the customer allowed: View, Pointer", output, StringComparison.Ordinal);
        Assert.Contains("3 entries, all as they were written", output, StringComparison.Ordinal);
        Assert.Contains("not compared", output, StringComparison.Ordinal);
        Assert.Contains("NOT COUNTERSIGNED", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "up to the last entry (2 signatures: 1, 3)")]
    [InlineData(false, "up to entry 1 of 3, NOT the last ones")]
    public async Task It_is_told_how_far_the_technician_countersigned(bool isToTheEnd, string words)
    {
        var (code, output) = await VerifyAsync(Page("Peter", signs: entry => entry.Kind == LogEntryKind.Allowed || (isToTheEnd && entry.Kind == LogEntryKind.Ended)));
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_clipboard_facts_and_lost_lines_are_said_in_words_and_a_full_share_is_told()
    {
        var (code, output) = await VerifyAsync(Page("Peter", log =>
        {
            log.AddFile(LogEntryKind.FileReceived, LoggedFile.Arrived("a\u009b2J.png", 12, new byte[32]));
            log.AddFile(LogEntryKind.FileSent, LoggedFile.NotArrived("b.iso", 13, TransferReason.Mismatch));
            log.AddClipboard(LogEntryKind.ClipboardPlaced, 5);
            log.AddClipboard(LogEntryKind.ClipboardGiven, 6);
            log.AddFacts(9);
            log.TryAddPicture(new Guid("00112233-4455-6677-8899-aabbccddeeff"), 2);
            log.AddResumed(Permissions.Pointer);
            for (var i = 0; i < 600; i++) log.AddLost();
        }));
        Assert.Equal(ExitCode.Done, code);
        Assert.DoesNotContain('\u009b', output);
        Assert.All(
            [
                "file to the customer: \"a\ufffd2J.png\", 12 bytes, SHA-256 0000", "file from the customer: \"b.iso\", 13 bytes, did not arrive whole: Mismatch",
                "on the customer's clipboard: 5 bytes", "gave the text on the clipboard: 6 bytes", "9 fact(s)",
                "[person 2] the technician kept a picture of the screen, number 00112233445566778899aabbccddeeff", "because of the absence: Pointer",
                "the connection was lost", "more of these than a log holds: Lost, Resumed.",
            ],
            words => Assert.Contains(words, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_servers_receipt_is_said_with_its_own_time_and_one_that_does_not_hold_breaks_the_log()
    {
        Assert.Contains("No receipt of the server", (await VerifyAsync(Page("Peter"))).Output, StringComparison.Ordinal);
        var (code, output) = await VerifyAsync(Page("Peter", receipt: Receipt(Consent)));
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("on record at 2026-11-22 08:00:00 UTC by the server's clock, session 0101010101", output, StringComparison.Ordinal);
        (code, output) = await VerifyAsync(Page("Peter", receipt: Receipt(Consent with { Backup = BackupAnswer.No })));
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("BROKEN: the server's receipt", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_log_is_told_with_the_entry()
    {
        var page = Page("Peter");
        var lines = page.Split('\n');
        var last = Array.FindLastIndex(lines, line => line.StartsWith("-----END", StringComparison.Ordinal)) - 1;
        lines[last] = (lines[last][0] == 'A' ? 'B' : 'A') + lines[last][1..];
        var (code, output) = await VerifyAsync(string.Join('\n', lines));
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("BROKEN: entry 3", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_of_another_organization_is_not_ours()
    {
        var setup = await RunAsync(
            "setup", "--data", Data, "--organization", "Test", "--slug", "test", "--owner-email", "owner@example.nl",
            "--owner-password", "correct horse battery", "--owner-name", "Olga", "--origin", "https://help.example.nl", "--no-second-factor");
        Assert.Equal(ExitCode.Done, setup.Code);
        var (code, output) = await VerifyAsync(Page("Peter"), "--data", Data);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("NOT OURS", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_in_the_log_does_not_steer_the_terminal()
    {
        var (_, output) = await VerifyAsync(Page("\u001b[2JPeter"));
        Assert.DoesNotContain('\u001b', output);
        Assert.Contains("[2JPeter", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_no_log_is_told()
    {
        var missing = await RunAsync("verify-log", Path.Combine(_folder.FullName, "no.html"));
        Assert.Contains("cannot be read", missing.Error, StringComparison.Ordinal);
        Assert.NotEqual(ExitCode.Done, missing.Code);
        var (code, output) = await VerifyAsync("<html>nothing</html>");
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("no saved log", output, StringComparison.Ordinal);
    }

    private static ConsentRecord Consent => new()
    {
        TermsId = "terms", TermsVersion = "3", Language = "nl", TermsHash = new byte[32], LicenceHash = new byte[32],
        Ticks = ConsentTicks.Terms | ConsentTicks.Licence, Backup = BackupAnswer.Yes, Time = 1_790_000_000,
    };

    private ServerReceipt Receipt(ConsentRecord consent)
    {
        const ulong Time = 1_795_334_400; // 2026-11-22 08:00 UTC
        using var records = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = RecordsCertificate.Create(_organization, P256.PointOf(records), Time - 9, Time + 9);
        var session = Enumerable.Repeat((byte)1, 16).ToArray();
        return ServerReceipt.Decode(ServerReceipt.Create(new ReceiptSubject(session, new byte[16], consent.Hash(), Time), certificate, content => P256.Sign(records, content)));
    }

    private string Page(string technician, Action<CustomerLog>? more = null, Func<LogEntry, bool>? signs = null, ServerReceipt? receipt = null)
    {
        var certificate = TechnicianCertificate.Create(
            new CertificateFields
            {
                TechnicianId = new byte[16], DisplayName = technician, PublicKey = P256.PointOf(_technician), NotBefore = 0,
                NotAfter = uint.MaxValue, Rights = Permissions.All,
            },
            _organization);
        using var log = new CustomerLog(
            new LogSubject(new byte[16], "0124", TechnicianCertificate.Decode(certificate), _organization.ExportSubjectPublicKeyInfo(), Consent) { Receipt = receipt },
            TimeProvider.System);
        var heads = new List<(uint Number, byte[] Head)>();
        log.Written += (entry, head) =>
        {
            if (signs?.Invoke(entry) == true) heads.Add((entry.Number, head.ToArray()));
        };
        log.Add(LogEntryKind.Allowed, Permissions.View | Permissions.Pointer);
        log.AddPause(StopReason.Stop);
        more?.Invoke(log);
        log.End(EndReason.CustomerEnded);
        foreach (var (number, head) in heads) Assert.True(log.TryCountersign(number, P256.Sign(_technician, Countersigned(log.Opening, head))));
        return "<html>\n" + LogCheck.Armor(log.Block()) + "</html>\n";
    }

    // lv of the four items of docs/protocol/10, "Countersignatures"; all are shorter than 128 bytes.
    private static byte[] Countersigned(LogOpening opening, byte[] head)
    {
        byte[][] items = ["RS1 log countersignature"u8.ToArray(), opening.SessionId.ToArray(), opening.LogKey.ToArray(), head];
        return [.. items.SelectMany(item => item.Prepend((byte)item.Length))];
    }

    private async Task<(int Code, string Output)> VerifyAsync(string page, params string[] more)
    {
        var file = Path.Combine(_folder.FullName, "kept.html");
        await File.WriteAllTextAsync(file, page, Cancel);
        var (code, output, _) = await RunAsync(["verify-log", file, .. more]);
        return (code, output);
    }

    private static async Task<(int Code, string Out, string Error)> RunAsync(params string[] command)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(command, new Terminal(output, error), Cancel);
        return (code, output.ToString(), error.ToString());
    }
}
