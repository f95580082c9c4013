using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Nabij.Server.Web;

/// <summary>
/// What load balancers and monitors ask, on this machine and in the networks that the operator listed: one word and no reason. Why a server is not ready is told to its
/// own machine, in its log, and on the page of checks. The database is asked at most once in <see cref="Kept"/>, however
/// many ask.
/// </summary>
internal sealed class HealthFeature(HealthCheckService checks, TimeProvider clock) : IDisposable
{
    internal const string LivePath = "/health/live", ReadyPath = "/health/ready";

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1);
    private (long At, bool IsReady)? _last;

    internal static void Map(WebApplication app)
    {
        app.MapMethods(LivePath, PageRoutes.Verbs, () => TypedResults.Text("live")).AllowAnonymous().WithMetadata(LocalOnly.OrListed);
        app.MapMethods(ReadyPath, PageRoutes.Verbs, async (HealthFeature health, CancellationToken cancellation) => await health.IsReadyAsync(cancellation)
            ? TypedResults.Text("ready")
            : TypedResults.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable)).AllowAnonymous().WithMetadata(LocalOnly.OrListed);
    }

    public void Dispose() => _one.Dispose();

    internal async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_last is { } last && clock.GetElapsedTime(last.At) < Kept)
                return last.IsReady;
            var report = await checks.CheckHealthAsync(cancellation);
            _last = (clock.GetTimestamp(), report.Status == HealthStatus.Healthy);
            return _last.Value.IsReady;
        }
        finally
        {
            _one.Release();
        }
    }
}
