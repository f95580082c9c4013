using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;

namespace Nabij.Server.Tests.People;

/// <summary>
/// An OpenID Connect provider on a socket of loopback, with its own tokens from RFC 7515 and 7519: it checks PKCE, the client
/// and the return address as a good one does, and lies about anything that a test asks for.
/// </summary>
internal sealed class SmallProvider : IAsyncDisposable
{
    internal const string Client = "nabij-shop", Secret = "a client secret: 7%&+";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string Return)> _codes = new();
    private RSA _key = RSA.Create(2048);
    private string _keyId = "first";

    private SmallProvider(WebApplication app) => _app = app;

    internal string Issuer { get; private set; } = "";

    /// <summary>Claims of the next tokens; a null value leaves one out.</summary>
    internal Dictionary<string, object?> Claims { get; } = [];

    /// <summary>"RS256", "none", or "HS256" with the client secret as key.</summary>
    internal string Algorithm { get; set; } = "RS256";

    /// <summary>Signs with a key that is published nowhere.</summary>
    internal bool ForeignKey { get; set; }

    internal bool AnswersTokens { get; set; } = true;

    internal int DocumentsRead { get; private set; }

    internal string LastAuthorization { get; private set; } = "";

    internal static async Task<SmallProvider> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var provider = new SmallProvider(app);
        app.MapGet("/.well-known/openid-configuration", provider.Document);
        app.MapGet("/keys", provider.Keys);
        app.MapPost("/token", (Delegate)provider.TokenAsync);
        await app.StartAsync();
        provider.Issuer = app.Urls.First();
        provider.Is("subject-1", "anna@example.test");
        return provider;
    }

    internal void Is(string subject, string email, bool verified = true)
    {
        Claims["sub"] = subject;
        Claims["email"] = email;
        Claims["email_verified"] = verified;
    }

    internal void RollOver()
    {
        _key = RSA.Create(2048);
        _keyId = "second";
    }

    /// <summary>What the person's browser brings back from the page of the provider: code and state, or an error.</summary>
    internal string Visit(Uri challenge, string? error = null)
    {
        var query = HttpUtility.ParseQueryString(challenge.Query);
        Assert.Equal(("code", Client, "S256", "openid email"), (query["response_type"], query["client_id"], query["code_challenge_method"], query["scope"]));
        LastAuthorization = challenge.Query;
        if (error is not null)
            return $"?error={error}&state={Uri.EscapeDataString(query["state"]!)}";
        var code = Guid.NewGuid().ToString("N");
        _codes[code] = (query["code_challenge"]!, query["nonce"]!, query["redirect_uri"]!);
        return $"?code={code}&state={Uri.EscapeDataString(query["state"]!)}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private IResult Document()
    {
        DocumentsRead++;
        return Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Issuer, ["authorization_endpoint"] = $"{Issuer}/authorize", ["token_endpoint"] = $"{Issuer}/token", ["jwks_uri"] = $"{Issuer}/keys",
            ["end_session_endpoint"] = $"{Issuer}/out",
        });
    }

    private IResult Keys()
    {
        var key = _key.ExportParameters(false);
        return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = _keyId, n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent) } } });
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var basic = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(Client)}:{Uri.EscapeDataString(Secret)}"));
        _codes.TryRemove(form["code"].ToString(), out var given);
        var isOurs = context.Request.Headers.Authorization == $"Basic {basic}" && given.Challenge is not null && given.Return == form["redirect_uri"] && given.Challenge == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (!isOurs || !AnswersTokens)
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        return Results.Json(new { access_token = "opaque", token_type = "Bearer", id_token = IdToken(given.Nonce) });
    }

    private string IdToken(string nonce)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var payload = new JsonObject { ["iss"] = Issuer, ["aud"] = Client, ["iat"] = now, ["exp"] = now + 300, ["nonce"] = nonce, ["auth_time"] = now };
        foreach (var (name, value) in Claims)
            payload[name] = value is null ? null : JsonSerializer.SerializeToNode(value);
        foreach (var name in Claims.Where(claim => claim.Value is null).Select(claim => claim.Key))
            payload.Remove(name);
        var header = new JsonObject { ["alg"] = Algorithm, ["typ"] = "JWT", ["kid"] = _keyId };
        var signed = $"{Text(header)}.{Text(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private byte[] Sign(byte[] content)
    {
        using var foreign = RSA.Create(2048);
        return Algorithm switch
        {
            "none" => [],
            "HS256" => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), content),
            _ => (ForeignKey ? foreign : _key).SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
    }

    private static string Text(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
