using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Nabij.Server.Webhooks;

/// <summary>Seals the secrets of webhooks with the key ring: the server must have them to sign, and the database alone must not.</summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Nabij.Server.Webhooks");

    internal string Seal(string secret) => Convert.ToBase64String(_protector.Protect(Encoding.ASCII.GetBytes(secret)));

    /// <summary>Null when the key ring is not the one that sealed it, as after a restore without its folder.</summary>
    internal string? Open(string box)
    {
        try
        {
            return Encoding.ASCII.GetString(_protector.Unprotect(Convert.FromBase64String(box)));
        }
        catch (Exception unusable) when (unusable is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
