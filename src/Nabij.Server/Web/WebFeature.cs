using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Nabij.Server.Api;
using Nabij.Server.Commands;
using Nabij.Server.Storage;

namespace Nabij.Server.Web;

internal static class WebFeature
{
    internal const string LivePath = "/healthz", ReadyPath = "/readyz";

    /// <summary>Longer than <see cref="DatabaseCheck"/> waits for the database itself.</summary>
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    internal static void AddWeb(this WebApplicationBuilder builder, RunOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton<CookieRules>();
        services.AddKeyRing(options);
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.FormFieldName = UnsafeVerbs.Field;
            antiforgery.HeaderName = UnsafeVerbs.Header;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddOptions<AntiforgeryOptions>().Configure<CookieRules>((antiforgery, cookies) => cookies.Apply(antiforgery.Cookie, "nabij-form", SameSiteMode.Strict));
        services.AddOptions<RateLimits>().BindConfiguration(RateLimits.Section)
            .Validate(RateLimits.IsValid, "The section RateLimits holds a number outside its limits.").ValidateOnStart();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimits>>((limiter, limits) => limits.Value.Apply(limiter));
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = RequestTimeout });
        services.AddSingleton<HealthFeature>();
        services.AddOptions<HealthSettings>().BindConfiguration(HealthSettings.Section)
            .Validate(HealthSettings.IsValid, "Health:Networks holds something that is no address and no network such as 10.0.0.0/8; separate them by \";\".").ValidateOnStart();
        services.AddHealthChecks().AddCheck<DatabaseCheck>("database", timeout: ReadyTimeout);
    }

    internal static void UseWeb(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<RunOptions>();
        app.UseMiddleware<SecurityHeaders>();
        if (options.Proxies.Count > 0)
            app.UseForwardedHeaders(Forwarding(options.Proxies));
        app.UseMiddleware<PlainHttpGuard>();
        app.UseErrorPages();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = PrepareFile });
        app.UseRouting();
        app.Use(RefuseUnmapped);
        app.UseRequestTimeouts();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<UnsafeVerbs>();
        app.UseWebSockets();
    }

    internal static void MapHealth(this WebApplication app)
    {
        HealthFeature.Map(app);
        MapHealth(app, LivePath, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteHealth });
        MapHealth(app, ReadyPath, new HealthCheckOptions { ResponseWriter = WriteHealth });
    }

    private static void MapHealth(WebApplication app, string path, HealthCheckOptions options) =>
        app.MapHealthChecks(path, options).AllowAnonymous().DisableRequestTimeout().WithMetadata(LocalOnly.Mark);

    /// <summary>One plain word or two: "ready", or what is in the way.</summary>
    private static Task WriteHealth(HttpContext context, HealthReport report)
    {
        var words = report.Entries.Values.Where(entry => entry.Status != HealthStatus.Healthy).Select(entry => entry.Description ?? "not ready").DefaultIfEmpty("ready");
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(string.Join(", ", words), context.RequestAborted);
    }

    /// <summary>
    /// What no feature maps does not exist, and neither does, for others, what is for this machine only. Without this the fallback policy would lead strangers to the sign-in instead,
    /// and so tell nobody that an address is wrong.
    /// </summary>
    private static Task RefuseUnmapped(HttpContext context, RequestDelegate next)
    {
        // What routing itself answers (a method or a kind of body that no call takes) needs no token to be told.
        if (context.GetEndpoint() is { } found and not RouteEndpoint && ApiErrors.Concerns(context))
            return found.RequestDelegate?.Invoke(context) ?? Task.CompletedTask;
        if (context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<LocalOnly>()?.Admits(context) != false)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static ForwardedHeadersOptions Forwarding(IReadOnlyList<IPAddress> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = 1 };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownProxies.Add(proxy);
            options.KnownProxies.Add(proxy.MapToIPv6());
        }

        return options;
    }

    /// <summary>
    /// Scripts and styles are asked for again at each visit but sent only when they changed. A worker lives by the
    /// policy of its own file, so files carry one that lets it load its parts and connect back.
    /// </summary>
    private static void PrepareFile(StaticFileResponseContext context)
    {
        context.Context.Response.Headers.CacheControl = "no-cache";
        var origin = context.Context.RequestServices.GetRequiredService<PublicOrigin>();
        context.Context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.FilePolicy(origin, context.Context.Request.Path);
    }
}
