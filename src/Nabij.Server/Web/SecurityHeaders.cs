// The headers of every answer (security.md 5.2). One nonce per answer; scripts run by nonce only, and under Trusted
// Types there is one policy, which yields nothing but the address of our own worker.

using System.Security.Cryptography;

namespace Nabij.Server.Web;

internal sealed class SecurityHeaders(RequestDelegate next, CookieRules cookies, PublicOrigin origin)
{
    /// <summary>The only Trusted Types policy a page may make.</summary>
    internal const string TrustedTypesPolicy = "nabij-worker";

    /// <summary>Path of the viewer's worker, which decodes the picture in WebAssembly.</summary>
    internal const string WorkerPath = "/viewer/worker.js";

    /// <summary>For files of wwwroot: what a worker may do. Only the one worker may compile WebAssembly, and no page may.</summary>
    internal static string FilePolicy(PublicOrigin origin, PathString path) =>
        $"default-src 'none'; script-src 'self'{(path == WorkerPath ? " 'wasm-unsafe-eval'" : "")}; connect-src 'self'{origin.SocketSource}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; " +
        "require-trusted-types-for 'script'; trusted-types 'none'";

    private const int NonceBytes = 16;

    /// <summary>The page renderer announces itself; nobody needs that.</summary>
    private const string RendererHeader = "blazor-enhanced-nav";

    private static readonly object NonceKey = new();

    /// <summary>The nonce of this answer's scripts.</summary>
    internal static string Nonce(HttpContext context) => (string)(context.Items[NonceKey] ?? throw new InvalidOperationException("No nonce: the headers come first."));

    public Task InvokeAsync(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
        context.Items[NonceKey] = nonce;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy(nonce, origin, cookies.IsHttps);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers.XFrameOptions = "DENY";
        if (cookies.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        // Everything that a page shows may depend on who asks; files in wwwroot say otherwise for themselves.
        headers.CacheControl = "no-store";
        context.Response.OnStarting(static state =>
        {
            ((HttpResponse)state).Headers.Remove(RendererHeader);
            return Task.CompletedTask;
        }, context.Response);
        return next(context);
    }

    private const string PermissionsPolicy =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), " +
        "midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=(), clipboard-read=(self), clipboard-write=(self), fullscreen=(self), keyboard-map=(self)";

    /// <summary>The sockets are named beside 'self', because older Safari does not take 'self' for them.</summary>
    private static string Policy(string nonce, PublicOrigin origin, bool isHttps) =>
        $"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; img-src 'self' blob:; font-src 'self'; " +
        $"connect-src 'self'{origin.SocketSource}; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; " +
        $"require-trusted-types-for 'script'; trusted-types {TrustedTypesPolicy}" + (isHttps ? "; upgrade-insecure-requests" : "");
}
