using System.Diagnostics;

namespace Nabij.Server.Telemetry;

/// <summary>
/// Names the trace of a request by its verb and route, and takes the address out of it: an address may name an organization
/// or a session, a route cannot. Counts the desks' streams too.
/// </summary>
internal sealed class RequestTraces(RequestDelegate next, ServerMeters meters)
{
    private const string Stream = "text/event-stream";

    /// <summary>What the framework or a listener may have added about the caller.</summary>
    private static readonly string[] Private =
        ["url.path", "url.query", "url.full", "http.url", "http.target", "client.address", "network.peer.address", "network.peer.port", "user_agent.original", "http.user_agent", "server.address", "http.host"];

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers.Accept.Contains(Stream))
            context.Response.OnStarting(CountStream, context);
        try
        {
            await next(context);
        }
        finally
        {
            Describe(context);
        }
    }

    private static void Describe(HttpContext context)
    {
        if (Activity.Current is not { } trace)
            return;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        trace.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        foreach (var name in Private)
            trace.SetTag(name, null);
        trace.SetTag("http.request.method", context.Request.Method);
        trace.SetTag("http.route", route);
        trace.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            trace.SetStatus(ActivityStatusCode.Error);
    }

    private Task CountStream(object state)
    {
        var context = (HttpContext)state;
        if (context.Response.ContentType?.StartsWith(Stream, StringComparison.Ordinal) != true)
            return Task.CompletedTask;
        meters.DeskOpened();
        context.Response.OnCompleted(() =>
        {
            meters.DeskClosed();
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    }
}
