using System.Security.Cryptography;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Log;
using Nabij.Protocol.Organizations;
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
        var log = Log(run, name);
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

    private CustomerLog Log(HostAppRun run, string name) => new(
        new LogSubject(
            new byte[16], "0124", TechnicianCertificate.Decode(Certificate(name)), organization.ExportSubjectPublicKeyInfo(),
            new ConsentRecord
            {
                TermsId = "terms", TermsVersion = "3", Language = "nl", TermsHash = new byte[32], LicenceHash = new byte[32],
                Ticks = ConsentTicks.Terms | ConsentTicks.Licence, Backup = BackupAnswer.No, Time = 1_790_000_000,
            }),
        run.Clock);

    private byte[] Certificate(string name) => TechnicianCertificate.Create(
        new CertificateFields
        {
            TechnicianId = new byte[16], DisplayName = name, PublicKey = P256.PointOf(technician), NotBefore = 0, NotAfter = uint.MaxValue,
            Rights = Permissions.All,
        },
        organization);
}
