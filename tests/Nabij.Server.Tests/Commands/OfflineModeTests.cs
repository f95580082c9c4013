using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Nabij.Protocol.Organizations;
using Nabij.Server.Commands;
using Nabij.Server.Desk;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Commands;

/// <summary>Offline mode (security.md 3.8): the organization's key stays elsewhere, and the server stores what it signed.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OfflineModeTests : IDisposable
{
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("nabij-elsewhere-");
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("nabij-offline-");
    private readonly ECDsa _browser = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Key => Path.Combine(_elsewhere.FullName, "organization.key");

    private string Requests => Path.Combine(_elsewhere.FullName, "requests.json");

    private string Signed => Path.Combine(_elsewhere.FullName, "signed.json");

    public void Dispose()
    {
        _browser.Dispose();
        _elsewhere.Delete(recursive: true);
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_browser_is_certified_where_the_key_is_and_the_server_never_holds_it()
    {
        await using var server = await StartAsync();
        Assert.Empty(Directory.GetFiles(Path.Combine(server.Folder, "keys"), "*.pem"));
        using var desk = await DeskPeer.SignInAsync(server);
        using var none = await CertificateAsync(desk);
        Assert.Equal(HttpStatusCode.Conflict, none.StatusCode);
        Assert.Contains("\"uncertified\"", await none.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        await CarryAsync(server, "--days", "30");

        using var answer = await CertificateAsync(desk);
        var issued = (await answer.Content.ReadFromJsonAsync<CertificateAnswer>(Cancel))!;
        var certificate = TechnicianCertificate.Decode(Convert.FromBase64String(issued.Certificate));
        var document = await RevokeTests.DocumentAsync(server);
        Assert.True(certificate.IsSignedBy(document.Keys[0].Span));
        Assert.Equal((RunningServer.OwnerName, CertificateDesk.Rights), (certificate.DisplayName, certificate.Rights));
        Assert.Equal(P256.PointOf(_browser), certificate.PublicKey.ToArray());
        Assert.Equal(TimeSpan.FromDays(30), TimeSpan.FromSeconds(certificate.NotAfter - certificate.NotBefore));
        Assert.Equal((long)certificate.NotAfter, issued.NotAfter);
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var refused = await CertificateAsync(desk, another);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task The_records_key_is_certified_where_the_key_is_and_from_then_on_customers_get_receipts()
    {
        await using var server = await StartAsync();
        var (records, organization) = (server.Services.GetRequiredService<RecordsKeys>(), (await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel)).Id);
        Assert.Null(records.Certificate(organization));
        await CarryAsync(server);
        var certificate = records.Certificate(organization);
        Assert.NotNull(certificate);
        Assert.Equal(records.PublicKey(organization), certificate.PublicKey.ToArray());
        Assert.True(certificate.IsSignedBy((await RevokeTests.DocumentAsync(server)).Keys[0].Span));
        Assert.DoesNotContain("records key", (await RevokeTests.RunAsync("requests", Requests, "--data", server.Folder)).Output, StringComparison.Ordinal);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.False(records.TryKeep(organization, RecordsCertificate.Decode(RecordsCertificate.Create(stranger, records.PublicKey(organization), 0, 9))));
    }

    [Fact]
    public async Task A_certificate_that_has_ended_is_told_and_asked_for_again()
    {
        var clock = new ManualClock();
        if (TimeProvider.System.GetUtcNow() - clock.GetUtcNow() is var ahead && ahead > TimeSpan.Zero)
            clock.Advance(ahead);
        await using var server = await StartAsync(clock);
        using var desk = await DeskPeer.SignInAsync(server);
        using var none = await CertificateAsync(desk);
        await CarryAsync(server, "--days", "1");
        clock.Advance(TimeSpan.FromHours(25));
        using var again = await DeskPeer.SignInAsync(server);
        using var ended = await CertificateAsync(again);
        Assert.Equal(HttpStatusCode.Conflict, ended.StatusCode);
        Assert.Contains("\"certificate-expired\"", await ended.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var (_, output) = await RevokeTests.RunAsync("requests", Requests, "--data", server.Folder);
        Assert.Contains(RunningServer.OwnerName, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_anything_is_signed_programs_are_not_packaged_and_it_is_told_what_to_do()
    {
        await using var server = await StartAsync();
        using var visitor = server.Visit();
        using var document = await visitor.GetAsync("/organization.json");
        Assert.Equal(HttpStatusCode.NotFound, document.StatusCode);
        var program = Path.Combine(_elsewhere.FullName, "nabij-linux-x64");
        await File.WriteAllTextAsync(program, "a program", Cancel);
        var (code, output) = await RevokeTests.RunAsync("package", program, "--data", server.Folder);
        Assert.NotEqual(ExitCode.Done, code);
        Assert.Contains("nabij-server requests", output, StringComparison.Ordinal);
        await CarryAsync(server);
        Assert.Equal(ExitCode.Done, (await RevokeTests.RunAsync("package", program, "--data", server.Folder)).Code);
    }

    [Fact]
    public async Task A_revocation_reaches_the_document_by_way_of_the_key()
    {
        await using var server = await StartAsync();
        await CarryAsync(server);
        var (_, output) = await RevokeTests.RunAsync("revoke", RunningServer.Email, "--data", server.Folder);
        Assert.Contains("requests", output, StringComparison.Ordinal);
        Assert.Empty((await RevokeTests.DocumentAsync(server)).DeniedTechnicians);
        Assert.Contains(RunningServer.OwnerName, (await RevokeTests.RunAsync("import", Signed, "--data", server.Folder)).Output, StringComparison.Ordinal);
        await CarryAsync(server);
        Assert.Single((await RevokeTests.DocumentAsync(server)).DeniedTechnicians);
    }

    [Fact]
    public async Task Nothing_is_signed_without_yes_nor_with_another_key_nor_for_longer_than_ninety_days()
    {
        await using var server = await StartAsync();
        using var desk = await DeskPeer.SignInAsync(server);
        using var none = await CertificateAsync(desk);
        await RevokeTests.RunAsync("requests", Requests, "--data", server.Folder);
        string[] sign = ["sign", Requests, "--key", Key, "--out", Signed];
        var (code, output) = await RevokeTests.RunAsync("no\n", sign);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains(KeyFile.Fingerprint(P256.PointOf(_browser)), output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await RevokeTests.RunAsync("yes\n", [.. sign, "--days", "91"])).Code);
        var other = Path.Combine(_elsewhere.FullName, "other.key");
        await RevokeTests.RunAsync("make-key", other);
        Assert.Contains("another key", (await RevokeTests.RunAsync("yes\n", ["sign", Requests, "--key", other, "--out", Signed])).Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Signed));
    }

    [Fact]
    public async Task What_was_changed_on_the_way_is_not_imported()
    {
        await using var server = await StartAsync();
        using var desk = await DeskPeer.SignInAsync(server);
        using var none = await CertificateAsync(desk);
        await CarryAsync(server);
        var text = await File.ReadAllTextAsync(Signed, Cancel);
        using var impostor = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = TechnicianCertificate.Create(
            new CertificateFields
            {
                TechnicianId = new byte[16], DisplayName = "Mallory", PublicKey = P256.PointOf(_browser), NotBefore = 0, NotAfter = uint.MaxValue, Rights = CertificateDesk.Rights,
            },
            impostor);
        var at = text.IndexOf("\"certificates\": [", StringComparison.Ordinal) + "\"certificates\": [".Length;
        await File.WriteAllTextAsync(Signed, text[..at] + $"\"{Convert.ToBase64String(forged)}\"," + text[at..], Cancel);
        var (code, output) = await RevokeTests.RunAsync("import", Signed, "--data", server.Folder);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("not signed by the key", output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Signed, "{}", Cancel);
        Assert.NotEqual(ExitCode.Done, (await RevokeTests.RunAsync("import", Signed, "--data", server.Folder)).Code);
    }

    [Fact]
    public async Task A_key_with_a_pass_phrase_opens_with_it_only_and_no_key_is_overwritten()
    {
        var phrase = Path.Combine(_elsewhere.FullName, "phrase");
        await File.WriteAllTextAsync(phrase, "correct horse\n", Cancel);
        Assert.Equal(ExitCode.Done, (await RevokeTests.RunAsync("make-key", Key, "--pass-phrase-file", phrase)).Code);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key));
        using var key = KeyFile.Open(Key, "correct horse");
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), KeyFile.ReadPublic(KeyFile.PublicOf(Key)));
        Assert.Throws<OperatorException>(() => KeyFile.Open(Key, null));
        Assert.Throws<OperatorException>(() => KeyFile.Open(Key, "wrong"));
        Assert.Equal(ExitCode.Usage, (await RevokeTests.RunAsync("make-key", Key)).Code);
        Assert.Contains("must not come to this machine", Assert.Throws<OperatorException>(() => KeyFile.ReadPublic(Key)).Message, StringComparison.Ordinal);
    }

    private async Task<RunningServer> StartAsync(TimeProvider? clock = null)
    {
        await RevokeTests.RunAsync("make-key", Key);
        await RunningServer.SetUpAsync(new DataFolder(_data.FullName), offlineKey: KeyFile.ReadPublic(KeyFile.PublicOf(Key)));
        return await RunningServer.StartAsync(new ServerChoices { Folder = _data, Clock = clock });
    }

    private async Task CarryAsync(RunningServer server, params string[] more)
    {
        Assert.Equal(ExitCode.Done, (await RevokeTests.RunAsync("requests", Requests, "--data", server.Folder)).Code);
        var signed = await RevokeTests.RunAsync("yes\n", ["sign", Requests, "--key", Key, "--out", Signed, .. more]);
        Assert.True(signed.Code == ExitCode.Done, signed.Output);
        var imported = await RevokeTests.RunAsync("import", Signed, "--data", server.Folder);
        Assert.True(imported.Code == ExitCode.Done, imported.Output);
    }

    private Task<HttpResponseMessage> CertificateAsync(DeskPeer desk, ECDsa? key = null) =>
        desk.PostAsync("/desk/certificate", new CertificateRequest(Convert.ToBase64String(P256.PointOf(key ?? _browser))));
}
