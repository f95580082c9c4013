using System.Net;
using System.Security.Cryptography;
using System.Text;
using Nabij.HostApp.Flow;
using Nabij.Protocol.Organizations;

namespace Nabij.HostCore.Tests;

/// <summary>
/// A shop whose server answers over the real HTTP client without a network: the answers of docs/protocol/01 for one
/// organization, each of which a test can replace.
/// </summary>
internal sealed class HostAppShop : HttpMessageHandler
{
    public const string Origin = "https://help.linde.example";
    private const string Terms = "# Terms\n\nRemote help has risks.";
    private const string Licence = "Apache License 2.0";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public HostAppShop()
    {
        Document = new OrganizationDocument
        {
            OrganizationId = new string('a', 32),
            Slug = "linde",
            DisplayName = "De Linde",
            LegalName = string.Empty,
            TradeNumber = string.Empty,
            Phone = "030 123",
            HelpUrl = Origin + "/",
            Origin = Origin,
            Keys = [_key.ExportSubjectPublicKeyInfo()],
            DeniedTechnicians = [],
            MinimumVersion = 1,
            Color = "#12496b",
        };
        Organization = new Organization(Document, Verified: true);
        Answers["/o/linde/organization.json"] = () => Bytes(Document.Sign(_key));
        Answers["/o/linde/terms"] = () => Bytes(Encoding.UTF8.GetBytes(Overview));
        foreach (var language in new[] { "nl", "en" })
        {
            Answers["/o/linde/terms/3/" + language] = () => Bytes(Encoding.UTF8.GetBytes(Terms));
            Answers["/o/linde/licence/3/" + language] = () => Bytes(Encoding.UTF8.GetBytes(Licence));
        }
    }

    public OrganizationDocument Document { get; }

    public Organization Organization { get; }

    public Dictionary<string, Func<HttpResponseMessage>> Answers { get; } = [];

    public string Overview { get; set; } = $$"""
        {"id":"linde-terms","version":"3","future":1,"texts":[
          {"language":"en","termsHash":"{{Hash(Terms)}}","licenceHash":"{{Hash(Licence)}}"},
          {"language":"nl","termsHash":"{{Hash(Terms)}}","licenceHash":"{{Hash(Licence)}}"}]}
        """;

    /// <summary>The server's clock; null to send no Date.</summary>
    public DateTimeOffset? Date { get; set; }

    public byte[] SignedDocument => Document.Sign(_key);

    public byte[] Sign(OrganizationDocument document) => document.Sign(_key);

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static HttpResponseMessage Bytes(byte[] bytes) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = Answers.TryGetValue(request.RequestUri!.AbsolutePath, out var make) ? make() : new HttpResponseMessage(HttpStatusCode.NotFound);
        answer.Headers.Date = Date;
        return Task.FromResult(answer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _key.Dispose();
        base.Dispose(disposing);
    }
}
