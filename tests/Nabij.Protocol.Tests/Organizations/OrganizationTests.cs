using System.Buffers.Binary;
using System.Security.Cryptography;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Tests.Vectors;

namespace Nabij.Protocol.Tests.Organizations;

/// <summary>What the server makes, the host accepts: documents, blocks, certificates.</summary>
public sealed class OrganizationTests
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private OrganizationDocument Document => new()
    {
        OrganizationId = new string('a', 32),
        Slug = "voorbeeld",
        DisplayName = "Voorbeeld Computers",
        LegalName = "Voorbeeld Computers B.V.",
        TradeNumber = "12345678",
        Phone = "+31 10 123 45 67",
        HelpUrl = "https://help.example.nl/o/voorbeeld",
        Origin = "https://help.example.nl",
        Keys = [_key.ExportSubjectPublicKeyInfo()],
        DeniedTechnicians = [new byte[16]],
        MinimumVersion = 1,
        Color = "#1a4d80",
    };

    [Fact]
    public void A_signed_document_opens_to_what_was_signed()
    {
        var opened = OrganizationDocument.Open(Document.Sign(_key));
        Assert.Equal("Voorbeeld Computers", opened.DisplayName);
        Assert.Equal(Document.Keys[0].ToArray(), opened.Keys[0].ToArray());
        Assert.Single(opened.DeniedTechnicians);
    }

    [Fact]
    public void A_document_under_another_key_cannot_be_made()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Throws<ArgumentException>(() => Document.Sign(other));
    }

    [Fact]
    public void A_document_outside_its_limits_cannot_be_made()
    {
        Assert.Throws<ArgumentException>(() => (Document with { Slug = "Not-A-Slug" }).Sign(_key));
        Assert.Throws<ArgumentException>(() => (Document with { DisplayName = "" }).Sign(_key));
    }

    [Fact]
    public void Every_changed_byte_of_the_payload_is_noticed()
    {
        var document = Document.Sign(_key);
        for (var index = 0; index < document.Length; index++)
        {
            var changed = document.ToArray();
            changed[index] ^= 1;
            if (Refusals.NameOf(() => OrganizationDocument.Open(changed)) is null)
                Assert.Equal(
                    document.Where(one => !char.IsWhiteSpace((char)one)), changed.Where(one => !char.IsWhiteSpace((char)one)));
        }
    }

    [Fact]
    public void A_block_is_found_at_the_end_of_a_program()
    {
        var document = Document.Sign(_key);
        byte[] program = [.. new byte[1000], .. OrganizationBlock.Create(document)];
        Assert.Equal(document, OrganizationBlock.Find(program).ToArray());
        Assert.True(OrganizationBlock.Find(program.AsSpan(0, 1000)).IsEmpty);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(300_000, false)]
    [InlineData(0, true)]
    [InlineData(300_000, true)]
    public void A_block_in_a_long_file_is_found_by_its_headers_and_its_end_alone(int padding, bool isSigned)
    {
        var document = Document.Sign(_key);
        byte[] program = [.. new byte[1000 + padding], .. OrganizationBlock.Create(document)];
        if (isSigned)
            program = WithCertificateTable(program);

        Assert.Equal(document, OrganizationBlock.Find(program).ToArray());
        Assert.Equal(document, OrganizationBlock.Find(new MemoryStream(program)));
        Assert.Empty(OrganizationBlock.Find(new MemoryStream(program[..(1000 + padding)])));
    }

    /// <summary>The program as a signed Windows one: PE32+ headers, aligned to 8, then a certificate longer than any block.</summary>
    private static byte[] WithCertificateTable(byte[] program)
    {
        const int header = 0x80, entry = header + 24 + 112 + (4 * 8);
        byte[] signed = [.. program, .. new byte[(8 - (program.Length % 8)) % 8], .. new byte[200_000]];
        "MZ"u8.CopyTo(signed);
        signed[0x3c] = header;
        "PE\0\0"u8.CopyTo(signed.AsSpan(header));
        BinaryPrimitives.WriteUInt16LittleEndian(signed.AsSpan(header + 24), 0x20b);
        BinaryPrimitives.WriteUInt32LittleEndian(signed.AsSpan(entry), (uint)(signed.Length - 200_000));
        return signed;
    }

    [Fact]
    public void A_certificate_checks_against_its_organization_only()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = TechnicianCertificate.Decode(TechnicianCertificate.Create(
            new CertificateFields
            {
                TechnicianId = new byte[16],
                DisplayName = "Peter",
                PublicKey = P256.PointOf(other),
                NotBefore = 1000,
                NotAfter = 2000,
                Rights = Permissions.View,
            },
            _key));
        var check = new CertificateCheck
        {
            Now = DateTimeOffset.FromUnixTimeSeconds(1500), DeniedTechnicians = [], Requested = Permissions.View,
        };
        Assert.Null(certificate.Check(_key.ExportSubjectPublicKeyInfo(), check));
        Assert.Equal(HandshakeError.CertificateSignature, certificate.Check(other.ExportSubjectPublicKeyInfo(), check));
    }

    [Theory]
    [InlineData("https://help.example.nl", true)]
    [InlineData("https://help.example.nl:8443", true)]
    [InlineData("http://localhost:5000", true)]
    [InlineData("http://127.0.0.1", true)]
    [InlineData("https://help.example.nl/", false)]
    [InlineData("https://help.example.nl:443", false)]
    [InlineData("http://localhost:80", false)]
    [InlineData("http://help.example.nl", false)]
    [InlineData("https://Help.example.nl", false)]
    [InlineData("https://help.example.nl:99999", false)]
    [InlineData("https://user@help.example.nl", false)]
    [InlineData("", false)]
    public void An_origin_has_one_form(string text, bool isValid) => Assert.Equal(isValid, WebOrigin.IsValid(text));
}
