using System.Security.Cryptography;
using System.Text;
using Nabij.HostApp.Flow;
using Nabij.HostApp.Texts;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Files;
using Nabij.Protocol.Log;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.People;
using Nabij.Protocol.Session;
using Nabij.HostCore.Rendezvous;

namespace Nabij.HostCore.Tests;

/// <summary>The customer keeps what happened: a page in words, with the signed log in it.</summary>
public sealed class HostAppSavedLogTests : IDisposable
{
    private const string HostileName = "<script>alert(1)</script>\u202e";

    private readonly ECDsa organization = ECDsa.Create(ECCurve.NamedCurves.nistP256), technician = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("nabij-log-");

    public void Dispose()
    {
        organization.Dispose();
        technician.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("en", "You allowed: looking, control of mouse and keyboard", "You pressed Stop.")]
    [InlineData("nl", "U stond toe: meekijken, muis en toetsenbord bedienen", "U drukte op Stop.")]
    public async Task What_happened_is_saved_in_words_and_as_a_log_that_verifies(string language, string allowed, string stopped)
    {
        await using var run = new HostAppRun(language: language);
        using var log = await EndAsync(run, "Peter");
        run.Window.SavePath = Path.Combine(folder.FullName, "kept.html");
        run.Window.Press("save");
        await run.Window.UntilAsync(() => run.Window.Announced.Count > 0);
        var page = await File.ReadAllTextAsync(run.Window.SavePath, TestContext.Current.CancellationToken);
        var report = LogCheck.File(page, [organization.ExportSubjectPublicKeyInfo()]);
        Assert.Null(report.Problem);
        Assert.Equal(log.Entries, report.Entries);
        Assert.Contains(allowed, page, StringComparison.Ordinal);
        Assert.Contains(stopped, page, StringComparison.Ordinal);
        Assert.Contains("Peter", page, StringComparison.Ordinal);
        Assert.NotEmpty(run.Text("told"));
    }

    [Theory]
    [InlineData("en", "You received the file “foto.png”: 1,234,567 bytes", "did not come to the technician whole: there was no room",
        "on your clipboard: 12 bytes", "facts about your computer: 9", "Because it took long, you had to allow this again: control of mouse")]
    [InlineData("nl", "U kreeg het bestand “foto.png”: 1.234.567 bytes", "kwam niet heel bij de technicus aan: er was geen plaats",
        "op uw klembord: 12 bytes", "gegevens over uw computer: 9", "Omdat het lang duurde, moest u dit opnieuw toestaan: muis")]
    public void Files_clipboard_facts_and_lost_lines_stand_in_the_page_in_words(string language, params string[] sentences)
    {
        var hash = SHA256.HashData("a picture"u8);
        var page = PageOf(language, log =>
        {
            log.AddFile(LogEntryKind.FileReceived, LoggedFile.Arrived("foto.png", 1_234_567, hash));
            log.AddFile(LogEntryKind.FileSent, LoggedFile.NotArrived("groot.iso", 1, TransferReason.DiskFull));
            log.AddClipboard(LogEntryKind.ClipboardPlaced, 12);
            log.AddFacts(9);
            log.AddLost();
            log.AddResumed(Permissions.Pointer | Permissions.Keyboard);
        });
        Assert.All(sentences, sentence => Assert.Contains(sentence, page, StringComparison.Ordinal));
        Assert.Contains(Convert.ToHexStringLower(hash), page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Receipt of the shop", "by its own clock, that it keeps your agreement (its number abababababababababababababababab)", "none: the shop’s server gave none")]
    [InlineData("nl", "Ontvangstbewijs van de winkel", "volgens de eigen klok, dat die uw akkoord bewaart (nummer abababababababababababababababab)", "geen: de server van de winkel gaf er geen")]
    public void The_receipt_of_the_shops_server_stands_in_the_page_in_words_or_that_there_is_none(string language, string row, string stated, string none)
    {
        var (with, without) = (PageOf(language, _ => { }, Receipt()), PageOf(language, _ => { }));
        Assert.All((string[])[with, without], page => Assert.Contains($">{row}<", page, StringComparison.Ordinal));
        Assert.Contains(stated, with, StringComparison.Ordinal);
        Assert.DoesNotContain(none, with, StringComparison.Ordinal);
        Assert.Contains(none, without, StringComparison.Ordinal);
        Assert.DoesNotContain(stated, without, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "<td>Marie: The technician kept a picture of your screen with the notes, sealed so that only the shop can open it. Number of the picture: 00112233445566778899aabbccddeeff</td>", "<td>Peter: The technician kept a picture")]
    [InlineData("nl", "<td>Marie: De technicus bewaarde een afbeelding van uw scherm bij de notities, verzegeld zodat alleen de winkel haar kan openen. Nummer van de afbeelding: 00112233445566778899aabbccddeeff</td>", "<td>Peter: De technicus bewaarde een afbeelding")]
    public void A_kept_picture_stands_in_the_page_with_its_number_and_under_the_name_of_whoever_kept_it(string language, string of, string other)
    {
        var page = PageOf(language, log =>
        {
            log.TryAddPicture(Guid.Empty);
            log.AddJoined(2, new LoggedPerson(ParticipantRole.Technician, new byte[16], "Marie"));
            log.TryAddPicture(new Guid("00112233-4455-6677-8899-aabbccddeeff"), 2);
        });
        Assert.Contains(of, page, StringComparison.Ordinal);
        Assert.Contains(other, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("nl")]
    public void Every_kind_and_every_reason_has_words(string language)
    {
        var page = PageOf(language, log =>
        {
            foreach (var reason in Enum.GetValues<TransferReason>())
            {
                log.AddFile(LogEntryKind.FileReceived, LoggedFile.NotArrived("a", 1, reason));
                log.AddFile(LogEntryKind.FileSent, LoggedFile.NotArrived("a", 1, reason));
            }

            log.AddFile(LogEntryKind.FileSent, LoggedFile.Arrived("a", 1, new byte[32]));
            log.AddClipboard(LogEntryKind.ClipboardGiven, 1);
            foreach (var reason in Enum.GetValues<StopReason>()) log.AddPause(reason);
            log.AddPause(null);
            for (var i = 0; i < 600; i++) log.AddLost();
            log.AddResumed(Permissions.None);
        });
        Assert.Contains(Wording.Of(language)["saved.full"], page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Somebody who was not let in: ")]
    [InlineData("nl", "Iemand die niet is toegelaten: ")]
    public void What_somebody_did_who_was_not_let_in_stands_under_nobodys_name(string language, string stranger)
    {
        var page = PageOf(language, log =>
        {
            log.Add(LogEntryKind.NotAllowed, Permissions.Pointer, 2);
            log.AddRefused(Channel.Input, 1, 2);
        });
        Assert.Equal(3, page.Split(stranger).Length);
        Assert.DoesNotContain("Peter: ", page, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Invariant", "9")]
    public void The_name_of_a_file_is_text_in_the_page()
    {
        var page = PageOf("en", log => log.AddFile(
            LogEntryKind.FileReceived, LoggedFile.Arrived("<img src=x onerror=alert(1)>\u202egnp.exe", 1, new byte[32])));
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202e', page);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;\ufffdgnp.exe", page, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Invariant", "9")]
    public async Task A_technicians_name_is_text_in_the_page()
    {
        await using var run = new HostAppRun();
        using var log = await EndAsync(run, HostileName);
        run.Window.SavePath = Path.Combine(folder.FullName, "kept.html");
        run.Window.Press("save");
        await run.Window.UntilAsync(() => run.Window.Announced.Count > 0);
        var page = await File.ReadAllTextAsync(run.Window.SavePath, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202e', page);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_where_nothing_can_be_saved_is_told_and_another_can_be_chosen()
    {
        await using var run = new HostAppRun();
        using var log = await EndAsync(run, "Peter");
        run.Window.SavePath = "/no-such-folder/kept.html";
        run.Window.Press("save");
        await run.Window.UntilAsync(() => run.Window.Announced.Count > 0);
        Assert.Contains("could not be saved", run.Text("told"), StringComparison.Ordinal);
        run.Window.SavePath = Path.Combine(folder.FullName, "kept.html");
        run.Window.Press("save");
        await run.Window.UntilAsync(() => File.Exists(run.Window.SavePath) && run.Text("told").StartsWith("It was saved", StringComparison.Ordinal));
    }

    // To the last screen of a session whose log says: allowed, stopped, went on, ended.
    private async Task<CustomerLog> EndAsync(HostAppRun run, string name)
    {
        await run.ToLookingAsync();
        var log = Log(run.Clock, name);
        run.Flow.Line!.Session.Log = log;
        log.Add(LogEntryKind.Allowed, Permissions.View | Permissions.Pointer | Permissions.Keyboard);
        log.AddPause(StopReason.Stop);
        log.AddPause(null);
        log.End(EndReason.TechnicianEnded);
        run.Hear(new CustomerEvent.Ended(SessionEnd.TechnicianEnded));
        Assert.Equal("end", run.Main.Id);
        run.Window.Announced.Clear();
        return log;
    }

    private string PageOf(string language, Action<CustomerLog> write, ServerReceipt? receipt = null)
    {
        using var log = Log(TimeProvider.System, "Peter", receipt);
        write(log);
        log.End(EndReason.CustomerEnded);
        return Encoding.UTF8.GetString(SavedLog.Page(log, new Phrases(Wording.Of(language), HostAppSamples.Verified)));
    }

    private CustomerLog Log(TimeProvider clock, string name, ServerReceipt? receipt = null) => new(
        new LogSubject(new byte[16], "0124", TechnicianCertificate.Decode(Certificate(name)), organization.ExportSubjectPublicKeyInfo(), Consent) { Receipt = receipt },
        clock);

    private static ConsentRecord Consent => new()
    {
        TermsId = "terms", TermsVersion = "3", Language = "nl", TermsHash = new byte[32], LicenceHash = new byte[32],
        Ticks = ConsentTicks.Terms | ConsentTicks.Licence, Backup = BackupAnswer.No, Time = 1_790_000_000,
    };

    private ServerReceipt Receipt()
    {
        using var records = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = RecordsCertificate.Create(organization, P256.PointOf(records), 0, uint.MaxValue);
        var subject = new ReceiptSubject(Enumerable.Repeat((byte)0xab, 16).ToArray(), new byte[16], Consent.Hash(), Consent.Time);
        return ServerReceipt.Decode(ServerReceipt.Create(subject, certificate, content => P256.Sign(records, content)));
    }

    private byte[] Certificate(string name) => TechnicianCertificate.Create(
        new CertificateFields
        {
            TechnicianId = new byte[16], DisplayName = name, PublicKey = P256.PointOf(technician), NotBefore = 0, NotAfter = uint.MaxValue,
            Rights = Permissions.All,
        },
        organization);
}
