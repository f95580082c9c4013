using System.Diagnostics;

namespace Nabij.Server.Telemetry;

/// <summary>Metrics and traces of the server itself.</summary>
internal static class TelemetryFeature
{
    internal static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TelemetrySettings>().BindConfiguration(TelemetrySettings.Section)
            .Validate(TelemetrySettings.IsValid, "The section Telemetry holds a value outside its limits; Otlp must be an address such as http://localhost:4317, without a name or password in it.")
            .ValidateOnStart();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<ServerMeters>();
        builder.Services.AddSingleton<SessionTraces>();
        builder.Services.AddSingleton<LiveMeters>();
        builder.Services.AddSingleton<DistributedContextPropagator, OwnTraces>();
        builder.Services.AddHostedService<TelemetryExport>();
    }

    /// <summary>Before everything else of the pipeline, so that each request is named.</summary>
    internal static void UseTelemetry(this WebApplication app)
    {
        // Made now: it measures from the start on.
        app.Services.GetRequiredService<LiveMeters>();
        app.UseMiddleware<RequestTraces>();
    }
}
