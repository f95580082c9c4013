using System.Collections.Concurrent;
using System.Diagnostics;
using Nabij.Server.Relay;

namespace Nabij.Server.Telemetry;

/// <summary>
/// A trace of each connection of a session, from the pairing to its end, and what is counted at the same moments. It carries
/// the session's number, as the log does, and nothing about the people in it. Thread-safe.
/// </summary>
internal sealed class SessionTraces(ServerMeters meters, TimeProvider time)
{
    private static readonly ActivitySource Source = new(ServerMeters.Name);

    private readonly ConcurrentDictionary<string, Connection> _connections = new(StringComparer.Ordinal);

    internal void Paired(string session)
    {
        meters.Joined();
        Begin(session, "session");
    }

    internal void Resumed(string session)
    {
        meters.Resumed();
        Begin(session, "session resumed");
    }

    /// <summary>The technician's page says that the handshake succeeded.</summary>
    internal void Started(string session)
    {
        if (_connections.TryGetValue(session, out var connection))
            connection.Trace?.AddEvent(new ActivityEvent("started", time.GetUtcNow()));
    }

    internal void Ended(string session, RelayOutcome outcome)
    {
        if (!_connections.TryRemove(session, out var connection))
            return;
        meters.Ended(outcome.End, time.GetElapsedTime(connection.Since));
        connection.Trace?.SetTag("nabij.relay.end", outcome.End.ToString());
        connection.Trace?.SetTag("nabij.relay.bytes_from_host", outcome.BytesFromHost);
        connection.Trace?.SetTag("nabij.relay.bytes_from_viewer", outcome.BytesFromViewer);
        if (outcome.End is RelayEnd.BadMessage or RelayEnd.TooLarge or RelayEnd.Stalled)
            connection.Trace?.SetStatus(ActivityStatusCode.Error);
        connection.Trace?.Dispose();
    }

    /// <param name="outcome">One of the words of the record's column.</param>
    internal void Failed(string outcome) => meters.Failed(outcome);

    private void Begin(string session, string name)
    {
        // A root of its own: the request that carries the socket lasts as long, and is traced besides.
        var trace = Source.StartActivity(name, ActivityKind.Internal, parentContext: default);
        trace?.SetTag("nabij.session", session);
        _connections[session] = new Connection(trace, time.GetTimestamp());
    }

    private sealed record Connection(Activity? Trace, long Since);
}
