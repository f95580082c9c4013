using System.Security.Cryptography;
using Nabij.Protocol.Files;
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
    public void Files_clipboard_facts_and_lost_lines_are_found_as_they_were_written()
    {
        using var log = Open();
        var whole = LoggedFile.Arrived("foto (2).png", 123_456, SHA256.HashData("a picture"u8));
        var partial = LoggedFile.NotArrived("groot.iso", FileLimits.LargestFile, TransferReason.DiskFull);
        log.AddFile(LogEntryKind.FileReceived, whole);
        log.AddFile(LogEntryKind.FileSent, partial);
        log.AddClipboard(LogEntryKind.ClipboardPlaced, 12);
        log.AddClipboard(LogEntryKind.ClipboardGiven, 0);
        log.AddFacts(9);
        log.AddLost();
        log.AddResumed(Permissions.Pointer);
        log.AddLost();
        log.AddResumed(Permissions.None);
        log.End(EndReason.CustomerEnded);

        var report = Check(log);

        Assert.Null(report.Problem);
        Assert.Equal(
            [
                LogEntryKind.FileReceived, LogEntryKind.FileSent, LogEntryKind.ClipboardPlaced, LogEntryKind.FactsGiven, LogEntryKind.Lost,
                LogEntryKind.Resumed, LogEntryKind.Lost, LogEntryKind.Resumed, LogEntryKind.Ended,
            ],
            report.Entries.Select(entry => entry.Kind));
        Assert.Equal((whole, partial), (report.Entries[0].File, report.Entries[1].File));
        Assert.Equal((12u, 9), (report.Entries[2].ClipboardBytes, report.Entries[3].FactCount));
        Assert.Equal((Permissions.Pointer, Permissions.None), (report.Entries[5].Permissions, report.Entries[7].Permissions));
    }

    [Fact]
    public void A_kept_picture_is_found_with_its_number_and_whose_it_is_and_none_is_taken_behind_the_end()
    {
        using var log = Open();
        var picture = new Guid(0x00112233, 0x4455, 0x6677, [0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff]);
        Assert.True(log.TryAddPicture(picture));
        Assert.True(log.TryAddPicture(Guid.Empty, 3));
        log.End(EndReason.CustomerEnded);
        Assert.False(log.TryAddPicture(picture));

        var report = Check(log);

        Assert.Null(report.Problem);
        Assert.Equal([(picture, 1), (Guid.Empty, 3)], report.Entries.SkipLast(1).Select(entry => (entry.Picture, (int)entry.Person)));
        Assert.Equal(Convert.FromHexString("00112233445566778899aabbccddeeff"), report.Entries[0].Detail.ToArray());
    }

    [Fact]
    public void A_name_of_the_customers_that_no_wire_would_take_is_written_all_the_same()
    {
        using var log = Open();
        foreach (var name in new[] { "a\u0007b\ufeff", "\ud800x", new string('\u00e9', 300) })
            log.AddFile(LogEntryKind.FileSent, LoggedFile.NotArrived(name, 1, TransferReason.NameRefused));
        log.End(null);
        var report = Check(log);
        Assert.Null(report.Problem);
        Assert.Equal(["a\ufffdb\ufffd", "\ufffdx", new string('\u00e9', 104)], report.Entries.SkipLast(1).Select(entry => entry.File.Name));
    }

    [Fact]
    [Trait("Invariant", "4")]
    public void What_the_technicians_side_brings_about_leaves_room_for_what_the_customer_does()
    {
        using var log = Open();
        var file = LoggedFile.NotArrived("x", 1, TransferReason.Declined);
        for (var i = 0; i < CustomerLog.MostEntries; i++)
        {
            log.AddFile(i % 2 == 0 ? LogEntryKind.FileReceived : LogEntryKind.FileSent, file);
            log.AddClipboard(LogEntryKind.ClipboardPlaced, 1);
            log.AddFacts(1);
            log.AddLost();
            log.AddResumed(Permissions.None);
            Assert.Equal(i < 256, log.TryAddPicture(Guid.Empty));
        }

        log.AddPause(StopReason.Stop);
        log.End(EndReason.CustomerEnded);
        var report = Check(log);
        Assert.Null(report.Problem);
        Assert.Equal([LogEntryKind.Stopped, LogEntryKind.Ended], report.Entries.TakeLast(2).Select(entry => entry.Kind));
        Assert.Equal(2000 + 512 + 64 + 512 + 256 + 2, report.Entries.Count);
        Assert.Contains(LogEntryKind.Resumed, LogShares.FullIn(report.Entries));
        Assert.DoesNotContain(LogEntryKind.PictureKept, LogShares.FullIn(report.Entries));
        Assert.Empty(LogShares.FullIn(report.Entries.Take(63)));
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
        byte[]? last = null;
        log.Written += (_, head) => last = head.ToArray();
        log.End(EndReason.CustomerEnded);
        log.TryCountersign(2, Countersign(_technician, log, last!));
        var block = log.Block();
        for (var i = 0; i < block.Length; i++)
        {
            var changed = (byte[])block.Clone();
            changed[i] ^= 0x40;
            Assert.True(LogCheck.Block(changed, [_organization.ExportSubjectPublicKeyInfo()]).Problem is not null, $"byte {i}");
        }
    }

    [Fact]
    public void The_technicians_key_countersigns_what_it_was_given_and_nothing_else_does()
    {
        using var log = Open();
        var heads = new List<byte[]>();
        log.Written += (_, head) => heads.Add(head.ToArray());
        log.Add(LogEntryKind.Allowed, Permissions.View);
        log.AddPause(StopReason.Stop);
        log.End(EndReason.CustomerEnded);
        Assert.True(log.TryCountersign(3, Countersign(_technician, log, heads[2])));
        Assert.True(log.TryCountersign(1, Countersign(_technician, log, heads[0])));
        Assert.True(log.TryCountersign(1, Countersign(_technician, log, heads[0])));
        Assert.False(log.TryCountersign(2, Countersign(_technician, log, heads[0])));
        Assert.False(log.TryCountersign(2, Countersign(_organization, log, heads[1])));
        Assert.False(log.TryCountersign(0, new byte[64]));
        Assert.False(log.TryCountersign(4, Countersign(_technician, log, heads[2])));
        var report = Check(log);
        Assert.Null(report.Problem);
        Assert.Equal([1u, 3u], report.Countersigned);
        Assert.Equal(report.Countersigned, log.Countersigned);
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

    private static byte[] Countersign(ECDsa key, CustomerLog log, byte[] head) => P256.Sign(key, LogChain.Countersigned(log.Opening, head));

    private LogReport Check(CustomerLog log) => LogCheck.Block(log.Block(), [_organization.ExportSubjectPublicKeyInfo()]);


    private byte[] Certificate() => TechnicianCertificate.Create(
        new CertificateFields
        {
            TechnicianId = new byte[16], DisplayName = "Peter", PublicKey = P256.PointOf(_technician), NotBefore = 0, NotAfter = uint.MaxValue,
            Rights = Permissions.All,
        },
        _organization);
}
