using System.Diagnostics;

namespace Nabij.Server.Telemetry;

/// <summary>
/// Takes no trace from a request: a visitor's header would else choose which requests are traced, past
/// <see cref="TelemetrySettings.TracedShare"/>, and under which number. Every trace begins here.
/// </summary>
internal sealed class OwnTraces : DistributedContextPropagator
{
    public override IReadOnlyCollection<string> Fields => [];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
    }

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        (traceId, traceState) = (null, null);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
