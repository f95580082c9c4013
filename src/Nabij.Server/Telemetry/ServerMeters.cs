// What this server measures about itself. Names and units follow the conventions of OpenTelemetry; docs/operating.md lists
// them, and a test compares the two. No measurement names a person, a session, an address or an organization.

using System.Diagnostics.Metrics;
using Nabij.Server.Relay;

namespace Nabij.Server.Telemetry;

internal sealed class ServerMeters
{
    /// <summary>Name of the meter and of the source of traces.</summary>
    internal const string Name = "Nabij.Server";

    private readonly UpDownCounter<long> _streams;
    private readonly Counter<long> _joins;
    private readonly Counter<long> _reports;
    private readonly Counter<long> _wrongCodes;
    private readonly Counter<long> _ends;
    private readonly Counter<long> _resumes;
    private readonly Counter<long> _webhooks;
    private readonly Histogram<double> _durations;

    public ServerMeters(IMeterFactory factory)
    {
        Meter = factory.Create(Name);
        _streams = Meter.CreateUpDownCounter<long>("nabij.desk.streams", "{stream}", "Desks that follow the waiting list now.");
        _joins = Meter.CreateCounter<long>("nabij.sessions.joins", "{session}", "Customers and technicians that were put together.");
        _reports = Meter.CreateCounter<long>("nabij.sessions.failures", "{session}", "Runs that became no session, as the customer's program reported (outcome).");
        _wrongCodes = Meter.CreateCounter<long>("nabij.codes.wrong", "{code}", "Wrong codes and unknown numbers that were counted against somebody.");
        _ends = Meter.CreateCounter<long>("nabij.sessions.ends", "{session}", "Connections of sessions that ended (reason of the relay).");
        _resumes = Meter.CreateCounter<long>("nabij.sessions.resumes", "{session}", "Sessions that went on after a lost connection.");
        _webhooks = Meter.CreateCounter<long>("nabij.webhooks.deliveries", "{delivery}", "Tries to deliver a webhook (outcome).");
        _durations = Meter.CreateHistogram<double>("nabij.sessions.duration", "s", "How long the connections of sessions lasted.");
    }

    internal Meter Meter { get; }

    internal void DeskOpened() => _streams.Add(1);

    internal void DeskClosed() => _streams.Add(-1);

    internal void Joined() => _joins.Add(1);

    internal void Failed(string outcome) => _reports.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    internal void WrongCode() => _wrongCodes.Add(1);

    internal void Ended(RelayEnd end, TimeSpan lasted)
    {
        var reason = new KeyValuePair<string, object?>("reason", end.ToString());
        _ends.Add(1, reason);
        _durations.Record(lasted.TotalSeconds, reason);
    }

    internal void Resumed() => _resumes.Add(1);

    /// <param name="outcome">"delivered", or the word of PostOutcome that says why not.</param>
    internal void WebhookTried(string outcome) => _webhooks.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
