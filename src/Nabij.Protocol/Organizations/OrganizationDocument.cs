using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Organizations;

/// <summary>
/// What a host trusts about its organization: the signed org.json (docs/protocol/02-handshake.md, "Organization
/// document"). A signature by the document's own first key proves that it is whole; that it is the right organization
/// follows from where it came from.
/// </summary>
public sealed partial record OrganizationDocument
{
    /// <summary>Longest signed document, in bytes.</summary>
    public const int LargestBytes = 65_536;

    private const int MostKeys = 2;
    private const int MostDeniedTechnicians = 1024;
    private const int SlugBytes = 40;

    private static ReadOnlySpan<byte> SignatureLabel => "Nabij organization"u8;

    /// <summary>32 lower-case hex digits.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The short name in addresses.</summary>
    public required string Slug { get; init; }

    /// <summary>1-64 bytes; shown beside the technician's name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>0-128 bytes.</summary>
    public required string LegalName { get; init; }

    /// <summary>0-32 bytes.</summary>
    public required string TradeNumber { get; init; }

    /// <summary>0-32 bytes.</summary>
    public required string Phone { get; init; }

    /// <summary>0-128 bytes: where customers report abuse; empty: by the phone number.</summary>
    public string AbuseContact { get; init; } = "";

    /// <summary>Address of the help page.</summary>
    public required string HelpUrl { get; init; }

    /// <summary>The organization's only origin.</summary>
    public required string Origin { get; init; }

    /// <summary>One or two SubjectPublicKeyInfo of 91 bytes: the current key and perhaps the next one.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Keys { get; init; }

    /// <summary>Ids of technicians who may no longer connect, 16 bytes each.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> DeniedTechnicians { get; init; }

    /// <summary>Lowest version of RS1, 1-255.</summary>
    public required byte MinimumVersion { get; init; }

    /// <summary># and six lower-case hex digits.</summary>
    public required string Color { get; init; }

    /// <summary>SHA-256 of the key at this index.</summary>
    public byte[] KeyHash(int index) => SHA256.HashData(Keys[index].Span);

    /// <summary>Reads a signed document and verifies it under its first key.</summary>
    /// <exception cref="WireFormatException">The bytes break the tables.</exception>
    /// <exception cref="HandshakeException">PointInvalid or SignatureInvalid.</exception>
    public static OrganizationDocument Open(ReadOnlySpan<byte> signedDocument)
    {
        WireReader.Require(signedDocument.Length <= LargestBytes, WireError.LengthOutOfRange);
        using var envelope = ParseText(signedDocument.ToArray());
        var members = new JsonMembers(envelope.RootElement, WireError.LengthOutOfRange);
        var payload = Base64(members.Text("payload", 0, LargestBytes));
        var signature = Base64(members.Text("signature", 0, LargestBytes));
        WireReader.Require(signature.Length == P256.SignatureBytes, WireError.LengthOutOfRange);
        using var json = ParseText(payload);
        var document = Read(new JsonMembers(json.RootElement, WireError.LengthOutOfRange));
        foreach (var key in document.Keys)
            HandshakeException.Require(P256.IsPoint(P256.PointOf(key.Span)), HandshakeError.PointInvalid);
        HandshakeException.Require(
            P256.Verify(P256.PointOf(document.Keys[0].Span), SignedBytes(payload), signature),
            HandshakeError.SignatureInvalid);
        return document;
    }

    /// <summary>The signed document; <paramref name="key"/> is the private half of the first key.</summary>
    /// <exception cref="ArgumentException">A member is outside its limits, or the key is another one.</exception>
    public byte[] Sign(ECDsa key)
    {
        var payload = ToPayload();
        var envelope = new SignedJson
        {
            Payload = Convert.ToBase64String(payload),
            Signature = Convert.ToBase64String(P256.Sign(key, SignedBytes(payload))),
        };
        var signed = JsonSerializer.SerializeToUtf8Bytes(envelope, OrganizationJsonContext.Default.SignedJson);
        try
        {
            Open(signed);
        }
        catch (Exception refused) when (refused is WireFormatException or HandshakeException)
        {
            throw new ArgumentException("The organization document is outside its limits.", nameof(key), refused);
        }

        return signed;
    }

    /// <summary>The bytes that a signature is made over, for a key that is kept elsewhere.</summary>
    public byte[] ToPayload() => JsonSerializer.SerializeToUtf8Bytes(OrganizationJson.From(this), OrganizationJsonContext.Default.OrganizationJson);

    /// <summary>Reads a document that nobody has signed yet.</summary>
    /// <exception cref="WireFormatException">The bytes break the tables.</exception>
    public static OrganizationDocument ReadPayload(ReadOnlySpan<byte> payload)
    {
        WireReader.Require(payload.Length <= LargestBytes, WireError.LengthOutOfRange);
        using var json = ParseText(payload.ToArray());
        return Read(new JsonMembers(json.RootElement, WireError.LengthOutOfRange));
    }

    private static JsonDocument ParseText(byte[] bytes)
    {
        WireText.Decode(bytes);
        return JsonMembers.Parse(bytes, allowDuplicates: true) ?? throw new WireFormatException(WireError.InvalidValue);
    }

    private static OrganizationDocument Read(JsonMembers members)
    {
        WireReader.Require(members.Number("format", uint.MaxValue) == 1, WireError.InvalidValue);
        var document = new OrganizationDocument
        {
            OrganizationId = members.Text("organizationId", 32, 32),
            Slug = members.Text("slug", 1, SlugBytes),
            DisplayName = Text(members, "displayName", 1, 64),
            LegalName = Text(members, "legalName", 0, 128),
            TradeNumber = Text(members, "tradeNumber", 0, 32),
            Phone = Text(members, "phone", 0, 32),
            AbuseContact = members.Has("abuseContact") ? Text(members, "abuseContact", 0, 128) : "",
            HelpUrl = Text(members, "helpUrl", 1, WebOrigin.LargestBytes),
            Origin = Text(members, "origin", 1, WebOrigin.LargestBytes),
            Keys = [.. members.Texts("keys", 1, MostKeys).Select(Key)],
            DeniedTechnicians = [.. members.Texts("deniedTechnicians", 0, MostDeniedTechnicians).Select(TechnicianId)],
            MinimumVersion = (byte)members.Number("minimumVersion", byte.MaxValue),
            Color = members.Text("color", 7, 7),
        };
        WireReader.Require(document.IsValid(), WireError.InvalidValue);
        return document;
    }

    private bool IsValid() =>
        IdPattern().IsMatch(OrganizationId)
        && SlugPattern().IsMatch(Slug)
        && ColorPattern().IsMatch(Color)
        && MinimumVersion >= 1
        && WebOrigin.IsValid(Origin)
        && HelpUrl.All(character => character is > ' ' and < '\u007f')
        && WebOrigin.OfAddress(HelpUrl) is not null
        && (Keys.Count == 1 || !Keys[0].Span.SequenceEqual(Keys[1].Span));

    private static string Text(JsonMembers members, string name, int minimum, int maximum)
    {
        var text = members.Text(name, 0, int.MaxValue);
        WireReader.Require(
            System.Text.Encoding.UTF8.GetByteCount(text) is var bytes && bytes >= minimum && bytes <= maximum,
            WireError.LengthOutOfRange);
        WireReader.Require(!WireText.HasControlCharacters(text, allowLineBreaks: false), WireError.InvalidText);
        return text;
    }

    private static ReadOnlyMemory<byte> Key(string text)
    {
        var key = Base64(text);
        WireReader.Require(key.Length == P256.SubjectPublicKeyInfoBytes, WireError.LengthOutOfRange);
        WireReader.Require(P256.IsSubjectPublicKeyInfo(key), WireError.InvalidValue);
        return key;
    }

    private static ReadOnlyMemory<byte> TechnicianId(string text)
    {
        WireReader.Require(text.Length == 2 * TechnicianCertificate.TechnicianIdBytes, WireError.LengthOutOfRange);
        return JsonMembers.LowerHex(text);
    }

    // RFC 4648 section 4 in its one form: no white space, padding, no spare bits.
    private static byte[] Base64(string text)
    {
        var bytes = new byte[text.Length];
        WireReader.Require(
            Convert.TryFromBase64String(text, bytes, out var written)
                && Convert.ToBase64String(bytes.AsSpan(0, written)) == text,
            WireError.InvalidValue);
        return bytes[..written];
    }

    private static byte[] SignedBytes(ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[WireWriter.ItemLength(SignatureLabel.Length) + WireWriter.ItemLength(payload.Length)];
        var writer = new WireWriter(bytes);
        writer.WriteItem(SignatureLabel);
        writer.WriteItem(payload);
        return bytes;
    }

    [GeneratedRegex(@"\A[0-9a-f]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\A[a-z0-9](-?[a-z0-9])*\z", RegexOptions.CultureInvariant)]
    private static partial Regex SlugPattern();

    [GeneratedRegex(@"\A#[0-9a-f]{6}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ColorPattern();
}
