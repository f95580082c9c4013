using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nabij.Server.Webhooks;

/// <summary>
/// The signature of Standard Webhooks 1.0: "v1," and the base64 of HMAC-SHA-256 over message id, Unix seconds and body, with dots
/// between. A secret is "whsec_" and the base64 of its 32 bytes.
/// </summary>
internal static class WebhookSignature
{
    internal const string IdHeader = "webhook-id", TimestampHeader = "webhook-timestamp", SignatureHeader = "webhook-signature";

    private const string Prefix = "whsec_";

    private const int SecretBytes = 32;

    internal static string CreateSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    internal static string Sign(string secret, (string Id, DateTimeOffset Time) message, string body)
    {
        var content = string.Create(CultureInfo.InvariantCulture, $"{message.Id}.{message.Time.ToUnixTimeSeconds()}.{body}");
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), Encoding.UTF8.GetBytes(content)))}";
    }
}
