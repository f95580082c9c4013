using Nabij.Protocol.Organizations;

namespace Nabij.Protocol.Tests.Vectors;

/// <summary>ecdsa.json, certificates.json, consent.json, organization.json.</summary>
internal static class OrganizationVectors
{
    public static void Signature(VectorCase vector) => Assert.Equal(
        vector.Flag("valid"), P256.Verify(vector.Hex("publicKey"), vector.Hex("message"), vector.Hex("signature")));

    public static void Verify(VectorCase vector) => Assert.Equal(
        vector.Flag("valid"), P256.Verify(vector.Hex("publicKey"), vector.Hex("message"), vector.Hex("signature")));

    public static void Certificate(VectorCase vector)
    {
        TechnicianCertificate? certificate = null;
        var organizationKey = Array.Empty<byte>();
        var at = "MSG1";
        var error = Refusals.NameOf(() =>
        {
            certificate = TechnicianCertificate.Decode(vector.Hex("hex"));
            organizationKey = vector.HexList("organizationKeys").FirstOrDefault(key =>
                System.Security.Cryptography.SHA256.HashData(key).AsSpan()
                    .SequenceEqual(certificate.OrganizationKeyHash.Span))
                ?? throw new HandshakeException(HandshakeError.UnknownOrganization);
            at = "MSG3";
            if (certificate.Check(organizationKey, Check(vector)) is { } failed)
                throw new HandshakeException(failed);
        });
        Assert.Equal(vector.Error, error);
        if (error is null)
            AssertFields(vector.Member("fields"), certificate!);
        else
            Assert.Equal(vector.Text("at"), at);
    }

    public static void Consent(VectorCase vector)
    {
        var fields = vector.Member("fields");
        var record = new ConsentRecord
        {
            TermsId = fields.Text("termsId"),
            TermsVersion = fields.Text("termsVersion"),
            Language = fields.Text("language"),
            TermsHash = fields.Hex("termsHash"),
            LicenceHash = fields.Hex("licenceHash"),
            Ticks = (ConsentTicks)fields.Number("ticks"),
            Backup = Enum.Parse<BackupAnswer>(fields.Text("backup"), ignoreCase: true),
            Time = fields.Number("time"),
        };
        vector.AssertHex("record", record.Encode());
        vector.AssertHex("hash", record.Hash());
    }

    public static void Document(VectorCase vector)
    {
        OrganizationDocument? document = null;
        Assert.Equal(vector.Error, Refusals.NameOf(() => document = OrganizationDocument.Open(vector.Hex("hex"))));
        if (document is null)
            return;
        var expected = vector.Member("document");
        Assert.Equal(expected.Text("organizationId"), document.OrganizationId);
        Assert.Equal(expected.Text("slug"), document.Slug);
        Assert.Equal(expected.Text("displayName"), document.DisplayName);
        Assert.Equal(expected.Text("legalName"), document.LegalName);
        Assert.Equal(expected.Text("tradeNumber"), document.TradeNumber);
        Assert.Equal(expected.Text("phone"), document.Phone);
        Assert.Equal(expected.Text("abuseContact"), document.AbuseContact);
        Assert.Equal(expected.Text("helpUrl"), document.HelpUrl);
        Assert.Equal(expected.Text("origin"), document.Origin);
        Assert.Equal(expected.HexList("keys"), document.Keys.Select(key => key.ToArray()));
        Assert.Equal(expected.HexList("deniedTechnicians"), document.DeniedTechnicians.Select(id => id.ToArray()));
        Assert.Equal(expected.Number("minimumVersion"), document.MinimumVersion);
        Assert.Equal(expected.Text("color"), document.Color);
    }

    public static void Block(VectorCase vector)
    {
        var found = Array.Empty<byte>();
        Assert.Equal(vector.Error, Refusals.NameOf(() => found = OrganizationBlock.Find(vector.Hex("hex")).ToArray()));
        var fromFile = Array.Empty<byte>();
        Assert.Equal(vector.Error, Refusals.NameOf(() => fromFile = OrganizationBlock.Find(new MemoryStream(vector.Hex("hex")))));
        Assert.Equal(found, fromFile);
        if (vector.Error is null)
            Assert.Equal(vector.Has("signed") ? vector.Text("signed") : "", Convert.ToHexStringLower(found));
    }

    private static CertificateCheck Check(VectorCase vector) => new()
    {
        Now = DateTimeOffset.FromUnixTimeSeconds((long)vector.Number("now")),
        DeniedTechnicians = [.. vector.HexList("deniedTechnicians").Select(id => (ReadOnlyMemory<byte>)id)],
        Requested = (Permissions)vector.Number("requested"),
    };

    private static void AssertFields(VectorCase fields, TechnicianCertificate certificate)
    {
        fields.AssertHex("organizationKeyHash", certificate.OrganizationKeyHash.Span);
        fields.AssertHex("technicianId", certificate.TechnicianId.Span);
        Assert.Equal(fields.Text("displayName"), certificate.DisplayName);
        fields.AssertHex("publicKey", certificate.PublicKey.Span);
        Assert.Equal(fields.Number("notBefore"), certificate.NotBefore);
        Assert.Equal(fields.Number("notAfter"), certificate.NotAfter);
        Assert.Equal((Permissions)fields.Number("rights"), certificate.Rights);
    }
}
