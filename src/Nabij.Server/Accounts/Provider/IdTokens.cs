// Checks id tokens: OpenID Connect Core 1.0, section 3.1.3.7, with Microsoft.IdentityModel for signature, issuer and
// audience, and the rest here by the server's own clock. Only signatures with a published key count: an unsigned token and one
// with the client secret as key (which somebody else may know) are refused.

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Nabij.Server.Accounts.Provider;

internal sealed class IdTokens(ProviderDocuments documents, IOptions<ProviderTimes> times, TimeProvider clock)
{
    private const int LongestToken = 32 * 1024, LongestSubject = 255, LongestEmail = 254;

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = LongestToken };

    /// <exception cref="ProviderException">What is wrong with it, in fixed words.</exception>
    internal async Task<ProviderPerson> ReadAsync(IdentityProvider provider, string token, string nonce, CancellationToken cancellation)
    {
        var result = await ValidateAsync(provider, token, await documents.FindAsync(provider.Issuer, cancellation));
        // A key that we do not know: the provider has changed its keys since we read them.
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && await documents.FindNewerAsync(provider.Issuer, cancellation) is { } newer)
            result = await ValidateAsync(provider, token, newer);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken read)
            throw Untrusted(Reason(result.Exception));
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(read.EncodedPayload));
        var claims = payload.RootElement;
        if (nonce.Length == 0 || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Text(claims, "nonce")), Encoding.UTF8.GetBytes(nonce)))
            throw Untrusted("nonce");
        var party = Text(claims, "azp");
        if (party.Length > 0 ? party != provider.ClientId : read.Audiences.Count() > 1)
            throw Untrusted("authorized party");
        return Text(claims, "sub") is { Length: > 0 and <= LongestSubject } subject ? new ProviderPerson(subject, Email(claims), SignedInAt(claims)) : throw Untrusted("subject");
    }

    private Task<TokenValidationResult> ValidateAsync(IdentityProvider provider, string token, OpenIdConnectConfiguration document) => _handler.ValidateTokenAsync(token, new TokenValidationParameters
    {
        ValidIssuer = provider.Issuer,
        ValidAudience = provider.ClientId,
        IssuerSigningKeys = document.SigningKeys,
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = IsInTime,
    });

    private bool IsInTime(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var (now, skew) = (clock.GetUtcNow().UtcDateTime, times.Value.Skew);
        var issued = token is JsonWebToken read ? read.IssuedAt : DateTime.MinValue;
        return expires is { } end && now < end + skew && (notBefore is not { } start || start <= now + skew) && issued > DateTime.UnixEpoch && issued <= now + skew;
    }

    private static string Email(JsonElement claims)
    {
        // Some providers write the word instead of the value.
        var isVerified = claims.TryGetProperty("email_verified", out var verified) && (verified.ValueKind == JsonValueKind.True || (verified.ValueKind == JsonValueKind.String && verified.ValueEquals("true")));
        var email = Text(claims, "email");
        return isVerified && email.Length is >= 3 and <= LongestEmail && email.Count(letter => letter == '@') == 1 ? email : "";
    }

    private static DateTimeOffset? SignedInAt(JsonElement claims) =>
        claims.TryGetProperty("auth_time", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) &&
        seconds >= 0 && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    private static string Reason(Exception? exception) => exception switch
    {
        SecurityTokenInvalidIssuerException => "issuer",
        SecurityTokenInvalidAudienceException => "audience",
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException => "time",
        SecurityTokenSignatureKeyNotFoundException => "key",
        SecurityTokenInvalidAlgorithmException => "algorithm",
        _ => "signature",
    };

    private static ProviderException Untrusted(string what) => new(ProviderRefusal.Untrusted, $"id token: {what}");
}
