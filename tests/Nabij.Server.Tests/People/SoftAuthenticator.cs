using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nabij.Server.Tests.People;

/// <summary>
/// An authenticator in software, from WebAuthn level 3 (6.1 authenticator data, 6.5 attestation) and CTAP's canonical CBOR, so
/// that tests can do with passkeys what browsers do, and what they never would.
/// </summary>
internal sealed class SoftAuthenticator(string origin, string party) : IDisposable
{
    private static readonly string[] Transports = ["internal"];

    private const byte Present = 1, Verified = 4, WithKey = 64;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal byte[] Id { get; } = RandomNumberGenerator.GetBytes(32);

    internal string IdText => Base64Url.EncodeToString(Id);

    /// <summary>Counts on with each use; one that begins at 0 never counts.</summary>
    internal uint Counter { get; set; } = 1;

    /// <summary>What a finger, face or PIN sets.</summary>
    internal bool IsVerified { get; set; } = true;

    internal string Origin { get; set; } = origin;

    internal string Party { get; set; } = party;

    internal bool CrossOrigin { get; set; }

    private string _user = "";

    /// <summary>Another authenticator with the same key, as a thief's copy would be.</summary>
    internal uint? CounterOfCopy { get; set; }

    /// <param name="options">As the server sent them.</param>
    /// <param name="forgets">Goes on naming the person that it was made for at first.</param>
    internal string Make(string options, bool forgets = false)
    {
        var root = JsonNode.Parse(options)!;
        _user = forgets ? _user : root["user"]!["id"]!.GetValue<string>();
        var client = Client("webauthn.create", root["challenge"]!.GetValue<string>());
        var point = _key.ExportParameters(false).Q;
        byte[] cose = [0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!];
        byte[] data = [.. Data(WithKey), .. new byte[16], 0, (byte)Id.Length, .. Id, .. cose];
        byte[] attestation = [0xa3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xa0, .. Text("authData"), 0x59, (byte)(data.Length >> 8), (byte)data.Length, .. data];
        return JsonSerializer.Serialize(new
        {
            id = IdText, rawId = IdText, type = "public-key", clientExtensionResults = new { },
            response = new { clientDataJSON = Base64Url.EncodeToString(client), attestationObject = Base64Url.EncodeToString(attestation), transports = Transports },
        });
    }

    internal string Show(string options, Action<byte[]>? spoil = null)
    {
        var client = Client("webauthn.get", JsonNode.Parse(options)!["challenge"]!.GetValue<string>());
        Counter += Counter == 0 ? 0u : 1u;
        var data = Data(0);
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        spoil?.Invoke(signature);
        return JsonSerializer.Serialize(new
        {
            id = IdText, rawId = IdText, type = "public-key", clientExtensionResults = new { },
            response = new
            {
                clientDataJSON = Base64Url.EncodeToString(client), authenticatorData = Base64Url.EncodeToString(data), signature = Base64Url.EncodeToString(signature), userHandle = _user,
            },
        });
    }

    public void Dispose() => _key.Dispose();

    private byte[] Data(byte flags)
    {
        var data = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(Party), data);
        data[32] = (byte)(flags | Present | (IsVerified ? Verified : 0));
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), CounterOfCopy ?? Counter);
        return data;
    }

    private byte[] Client(string type, string challenge) => JsonSerializer.SerializeToUtf8Bytes(new { type, challenge, origin = Origin, crossOrigin = CrossOrigin });

    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];
}
