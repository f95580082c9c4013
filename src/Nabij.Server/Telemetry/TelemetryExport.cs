// Sends metrics and traces to an OTLP receiver while the server runs, when the settings name one. Wired without
// OpenTelemetry's hosting package, which is all that package would do.

using System.Reflection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Nabij.Server.Telemetry;

internal sealed partial class TelemetryExport(IOptions<TelemetrySettings> settings, ILogger<TelemetryExport> logger) : IHostedService, IDisposable
{
    /// <summary>A receiver that does not answer holds up the stop of the server no longer than this.</summary>
    private const int FlushMilliseconds = 2000;

    private const int ExportMilliseconds = 5000;

    /// <summary>Meters of the framework: requests, connections, the runtime itself.</summary>
    private static readonly string[] Meters =
        [ServerMeters.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "System.Runtime"];

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Value.Otlp.Length == 0)
            return Task.CompletedTask;
        var server = ResourceBuilder.CreateEmpty().AddService(
            "nabij-server", serviceVersion: typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(server).AddMeter(Meters).AddOtlpExporter((exporter, reader) =>
        {
            Configure(exporter, "/v1/metrics");
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)settings.Value.Interval.TotalMilliseconds;
            reader.PeriodicExportingMetricReaderOptions.ExportTimeoutMilliseconds = ExportMilliseconds;
        }).Build();
        if (settings.Value.Traces)
        {
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(server).AddSource(ServerMeters.Name, "Microsoft.AspNetCore")
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(settings.Value.TracedShare)))
                .AddOtlpExporter(exporter => Configure(exporter, "/v1/traces")).Build();
        }

        LogOn(new Uri(settings.Value.Otlp).GetLeftPart(UriPartial.Authority), settings.Value.Traces);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() =>
    {
        _metrics?.ForceFlush(FlushMilliseconds);
        _traces?.ForceFlush(FlushMilliseconds);
    }, cancellationToken);

    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }

    private void Configure(OtlpExporterOptions exporter, string path)
    {
        var isHttp = settings.Value.Protocol == TelemetrySettings.Http;
        exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = new Uri(isHttp ? settings.Value.Otlp.TrimEnd('/') + path : settings.Value.Otlp);
        exporter.Headers = settings.Value.Headers;
        exporter.TimeoutMilliseconds = ExportMilliseconds;
    }

    [LoggerMessage(1, LogLevel.Information, "Metrics go to {Receiver}; traces too: {Traces}")]
    private partial void LogOn(string receiver, bool traces);
}
