using System.Security.Cryptography;
using Nabij.Protocol.Log;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Session;

namespace Nabij.Protocol.Tests.Log;

public sealed class CustomerLogTests : IDisposable
{
    private readonly ManualTime _time = new(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000));
    private readonly ECDsa _organization = ECDsa.Create(ECCurve.NamedCurves.nistP256), _technician = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _organization.Dispose();
        _technician.Dispose();
    }

    [Fact]
    public void What_was_written_is_found_whole_and_in_order()
    {
        using var log = Open();
        log.Add(LogEntryKind.Allowed, Permissions.View | Permissions.Draw);
        log.AddDisplays(2);
        log.AddRefused(Channel.Input, 4);
        log.AddRefused(Channel.Input, 4);
        log.AddPause(StopReason.Stop);
        log.AddPause(null);
        log.Add(LogEntryKind.TakenBack, Permissions.None);
        log.End(EndReason.TechnicianEnded);
        log.AddPause(StopReason.Stop);

        var report = Check(log);

        Assert.Null(report.Problem);
        Assert.Equal(log.Entries, report.Entries);
        Assert.Equal(
            [LogEntryKind.Allowed, LogEntryKind.Displays, LogEntryKind.Refused, LogEntryKind.Stopped, LogEntryKind.WentOn, LogEntryKind.Ended],
            report.Entries.Select(entry => entry.Kind));
        Assert.Equal(Permissions.View | Permissions.Draw, report.Entries[0].Permissions);
        Assert.Equal((EndReason.TechnicianEnded, "0124", "Peter"),
            (report.Entries[^1].Reason!.Value, report.Opening!.CheckNumber, report.Opening.Certificate.DisplayName));
    }

    [Fact]
    public void A_log_that_is_read_while_the_session_runs_is_told_as_cut_short()
    {
        using var log = Open();
        log.Add(LogEntryKind.Allowed, Permissions.View);
        Assert.Equal(LogProblem.CutShort, Check(log).Problem);
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_turn_the_order_around()
    {
        using var log = Open();
        log.AddPause(StopReason.Stop);
        _time.Advance(TimeSpan.FromHours(-2));
        log.AddPause(null);
        log.End(null);
        Assert.Null(Check(log).Problem);
    }

    [Fact]
    public void A_log_is_bounded_and_keeps_its_end()
    {
        using var log = Open();
        for (var i = 0; i < CustomerLog.MostEntries + 10; i++) log.AddPause(i % 2 == 0 ? StopReason.Stop : null);
        log.End(EndReason.Expired);
        var report = Check(log);
        Assert.Null(report.Problem);
        Assert.Equal(CustomerLog.MostEntries, report.Entries.Count);
        Assert.Equal(EndReason.Expired, report.Entries[^1].Reason);
    }

    [Fact]
    public void Any_single_changed_byte_is_found()
    {
        using var log = Open();
        log.Add(LogEntryKind.Allowed, Permissions.View);
        log.End(EndReason.CustomerEnded);
        var block = log.Block();
        for (var i = 0; i < block.Length; i++)
        {
            var changed = (byte[])block.Clone();
            changed[i] ^= 0x40;
            Assert.True(LogCheck.Block(changed, [_organization.ExportSubjectPublicKeyInfo()]).Problem is not null, $"byte {i}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN NABIJ LOG-----")]
    [InlineData("-----END NABIJ LOG-----\n-----BEGIN NABIJ LOG-----")]
    [InlineData("-----BEGIN NABIJ LOG-----\n!!!!\n-----END NABIJ LOG-----")]
    [InlineData("-----BEGIN NABIJ LOG-----\nAAAA\n-----END NABIJ LOG-----\n-----BEGIN NABIJ LOG-----\nAAAA\n-----END NABIJ LOG-----")]
    public void A_file_without_one_block_is_no_log(string file) => Assert.Equal(LogProblem.Malformed, LogCheck.File(file, []).Problem);

    private CustomerLog Open() => new(
        new LogSubject(
            new byte[16], "0124", TechnicianCertificate.Decode(Certificate()), _organization.ExportSubjectPublicKeyInfo(),
            new ConsentRecord
            {
                TermsId = "terms", TermsVersion = "1", Language = "nl", TermsHash = new byte[32], LicenceHash = new byte[32],
                Ticks = ConsentTicks.Terms | ConsentTicks.Licence, Backup = BackupAnswer.Yes, Time = 1,
            }),
        _time);

    private LogReport Check(CustomerLog log) => LogCheck.Block(log.Block(), [_organization.ExportSubjectPublicKeyInfo()]);


    private byte[] Certificate() => TechnicianCertificate.Create(
        new CertificateFields
        {
            TechnicianId = new byte[16], DisplayName = "Peter", PublicKey = P256.PointOf(_technician), NotBefore = 0, NotAfter = uint.MaxValue,
            Rights = Permissions.All,
        },
        _organization);
}
