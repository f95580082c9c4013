namespace Nabij.Server.Api;

/// <summary>Bare statuses under <c>/api</c> become problem details, whoever gave them: routing, limits, body size, a failure.</summary>
internal static class ApiErrors
{
    internal static bool Concerns(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    internal static Task WriteAsync(HttpContext context, int status) => ApiReply.Of(ApiProblem.OfStatus(status) with { Status = status }).ExecuteAsync(context);
}
