using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Nabij.Server.Commands;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Storage;

namespace Nabij.Server.Tests.Web;

/// <summary>The key ring sealed with a certificate (security.md 5.3, decision 0030).</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KeyRingTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nabij-ring-"), _elsewhere = Directory.CreateTempSubdirectory("nabij-ring-certificates-");

    private string Ring => Path.Combine(_folder.FullName, "keys", "ring");

    public async ValueTask InitializeAsync() => await RunningServer.SetUpAsync(new DataFolder(_folder.FullName));

    public async ValueTask DisposeAsync()
    {
        await TestDatabase.DropAsync(_folder.FullName);
        _folder.Delete(recursive: true);
        _elsewhere.Delete(recursive: true);
    }

    [Fact]
    public async Task A_certificate_seals_what_was_plain_and_can_be_changed_without_losing_a_secret()
    {
        var (old, other) = (Certificate("old"), Certificate("new"));
        var box = await WithRingAsync("", protector => protector.Protect("a secret"));
        Assert.Contains("<value>", Content(), StringComparison.Ordinal);

        foreach (var given in (string[])[old, old, $"{other};{old}", other])
        {
            Assert.Equal("a secret", await WithRingAsync(given, protector => protector.Unprotect(box)));
            Assert.DoesNotContain("<value>", Content(), StringComparison.Ordinal);
            var plain = Directory.GetFiles(Ring).Where(file => File.GetUnixFileMode(file) != (UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.Empty(plain);
        }

        foreach (var missing in (string[])["", old])
        {
            var refused = await Assert.ThrowsAsync<OperatorException>(() => WithRingAsync(missing, protector => ""));
            Assert.Contains("--key-ring-certificate", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_certificate_without_an_rsa_key_is_refused_with_words()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=ring", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var file = Path.Combine(_elsewhere.FullName, "elliptic.pem");
        await File.WriteAllTextAsync(file, made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<OperatorException>(() => WithRingAsync(file, protector => ""));

        Assert.Contains("RSA", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A server with the ring as the option says, and what its protector gives.</summary>
    private async Task<string> WithRingAsync(string certificates, Func<IDataProtector, string> act)
    {
        string[] arguments = certificates.Length == 0 ? [] : ["--key-ring-certificate", certificates];
        await using var server = await RunningServer.StartAsync(new ServerChoices { Folder = _folder, Arguments = arguments });
        return act(server.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("a test"));
    }

    private string Content() => string.Concat(Directory.GetFiles(Ring).Select(File.ReadAllText));

    private string Certificate(string name)
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var file = Path.Combine(_elsewhere.FullName, $"{name}.pem");
        File.WriteAllText(file, made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return file;
    }
}
