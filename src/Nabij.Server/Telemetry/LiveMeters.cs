using System.Diagnostics.Metrics;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Telemetry;

/// <summary>What is asked from the running server whenever somebody measures: how many wait, how many run, what was carried.</summary>
internal sealed class LiveMeters
{
    public LiveMeters(ServerMeters meters, WaitingRoom waiting, TechnicianRuns runs)
    {
        meters.Meter.CreateObservableUpDownCounter("nabij.sessions.active", () => (long)runs.Count, "{session}", "Sessions that run now.");
        meters.Meter.CreateObservableUpDownCounter("nabij.sessions.waiting", () => (long)waiting.Count, "{customer}", "Customers who wait now.");
        meters.Meter.CreateObservableCounter("nabij.relay.bytes", () => Carried(runs), "By", "Bytes that were carried between the two sides of sessions (direction).");
    }

    private static Measurement<long>[] Carried(TechnicianRuns runs)
    {
        var (fromHosts, fromViewers) = runs.Carried();
        return [new(fromHosts, new KeyValuePair<string, object?>("direction", "from-host")), new(fromViewers, new KeyValuePair<string, object?>("direction", "from-viewer"))];
    }
}
