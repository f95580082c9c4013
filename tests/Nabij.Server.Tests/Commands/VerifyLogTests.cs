using System.Runtime.Versioning;
using System.Security.Cryptography;
using Nabij.Protocol;
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

    private string Page(string technician)
    {
        var certificate = TechnicianCertificate.Create(
            new CertificateFields
            {
                TechnicianId = new byte[16], DisplayName = technician, PublicKey = P256.PointOf(_technician), NotBefore = 0,
                NotAfter = uint.MaxValue, Rights = Permissions.All,
            },
            _organization);
        var consent = new ConsentRecord
        {
            TermsId = "terms", TermsVersion = "3", Language = "nl", TermsHash = new byte[32], LicenceHash = new byte[32],
            Ticks = ConsentTicks.Terms | ConsentTicks.Licence, Backup = BackupAnswer.Yes, Time = 1_790_000_000,
        };
        using var log = new CustomerLog(
            new LogSubject(new byte[16], "0124", TechnicianCertificate.Decode(certificate), _organization.ExportSubjectPublicKeyInfo(), consent),
            TimeProvider.System);
        log.Add(LogEntryKind.Allowed, Permissions.View | Permissions.Pointer);
        log.AddPause(StopReason.Stop);
        log.End(EndReason.CustomerEnded);
        return "<html>\n" + LogCheck.Armor(log.Block()) + "</html>\n";
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
