using System.Net;
using System.Text;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;

namespace Nabij.Server.Records;

/// <summary>
/// What a server put its name to, with everything that checking it needs: lv("RS1 signed statement", statement, signature 64,
/// records key 65, certificate 0-300, organization key 91). Stands in pages as base64 between two marks (docs/records.md).
/// </summary>
internal sealed record SignedStatement
{
    private const string Begin = "-----BEGIN NABIJ STATEMENT-----", End = "-----END NABIJ STATEMENT-----";

    private const int LargestStatement = 1024, LargestBlock = 2048, LineLength = 76;

    internal required byte[] Statement { get; init; }

    internal required byte[] Signature { get; init; }

    internal required byte[] PublicKey { get; init; }

    /// <summary>Empty while the organization has not certified the key.</summary>
    internal required byte[] Certificate { get; init; }

    internal required byte[] OrganizationKey { get; init; }

    /// <summary>Whether the organization's key stands behind the one that signed. When it was certified is not looked at: the signature was made then.</summary>
    internal bool IsCertified
    {
        get
        {
            try
            {
                return Certificate.Length > 0 && P256.IsSubjectPublicKeyInfo(OrganizationKey) && RecordsCertificate.Decode(Certificate) is var certificate
                    && certificate.PublicKey.Span.SequenceEqual(PublicKey) && certificate.IsSignedBy(OrganizationKey);
            }
            catch (WireFormatException)
            {
                return false;
            }
        }
    }

    internal bool IsSigned => P256.Verify(PublicKey, Statement, Signature);

    internal byte[] Encode()
    {
        var writer = new WireWriter(stackalloc byte[LargestBlock]);
        writer.WriteItem("RS1 signed statement"u8);
        foreach (var item in (byte[][])[Statement, Signature, PublicKey, Certificate, OrganizationKey])
            writer.WriteItem(item);
        return writer.Bytes.ToArray();
    }

    /// <exception cref="WireFormatException">It is no such block.</exception>
    internal static SignedStatement Decode(ReadOnlySpan<byte> block)
    {
        var reader = new WireReader(block);
        reader.RequireItems(6);
        reader.ReadItemLiteral("RS1 signed statement"u8);
        return new SignedStatement
        {
            Statement = reader.ReadItem(1, LargestStatement).ToArray(),
            Signature = reader.ReadItem(P256.SignatureBytes).ToArray(),
            PublicKey = reader.ReadItem(P256.PointBytes).ToArray(),
            Certificate = reader.ReadItem(0, RecordsCertificate.LargestBytes).ToArray(),
            OrganizationKey = reader.ReadItem(P256.SubjectPublicKeyInfoBytes).ToArray(),
        };
    }

    /// <summary>The block as text: base64 between the marks.</summary>
    internal string Armor()
    {
        var text = new StringBuilder().Append(Begin).Append('\n');
        foreach (var line in Convert.ToBase64String(Encode()).Chunk(LineLength))
            text.Append(line).Append('\n');
        return text.Append(End).ToString();
    }

    /// <summary>Finds and reads the block in a page or a text; in a page some letters of base64 are written as entities.</summary>
    /// <exception cref="WireFormatException">There is none, or it is damaged.</exception>
    internal static SignedStatement Find(string text)
    {
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        WireReader.Require(begin >= 0 && end > begin, WireError.InvalidValue);
        try
        {
            return Decode(Convert.FromBase64String(WebUtility.HtmlDecode(text[(begin + Begin.Length)..end])));
        }
        catch (FormatException)
        {
            throw new WireFormatException(WireError.InvalidValue);
        }
    }
}
