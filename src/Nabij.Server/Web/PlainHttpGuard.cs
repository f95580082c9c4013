using Nabij.Server.Commands;

namespace Nabij.Server.Web;

/// <summary>
/// After the forwarded headers of the named proxies have been read: what is not https by then is for this machine only.
/// A request that comes past the proxy cannot pretend otherwise, because nobody reads its headers.
/// </summary>
internal sealed partial class PlainHttpGuard(RequestDelegate next, CookieRules cookies, RunOptions options, ILogger<PlainHttpGuard> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsHttps || IsLocal(context))
            return next(context);
        LogRefused(logger, options.Proxies.Count);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>With an https origin only the health checks are left for plain http; those that say one word for the networks that the operator listed too.</summary>
    private bool IsLocal(HttpContext context)
    {
        var isOneWord = context.Request.Path == HealthFeature.LivePath || context.Request.Path == HealthFeature.ReadyPath;
        if (!LocalOnly.IsLoopback(context))
            return isOneWord && LocalOnly.IsListed(context);
        return !cookies.IsHttps || isOneWord || context.Request.Path == WebFeature.LivePath || context.Request.Path == WebFeature.ReadyPath;
    }

    [LoggerMessage(1, LogLevel.Warning,
        "A plain http request was refused. Either it came past the TLS proxy, or the proxy does not send X-Forwarded-Proto and X-Forwarded-For, or it is not one of the {Count} named with --behind-proxy.")]
    private static partial void LogRefused(ILogger logger, int count);
}
