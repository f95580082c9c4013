using Nabij.Protocol;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// Where the sides of interrupted runs wait for each other, and which runs were ended in good order (chapter 01, steps 11
/// and 12). In memory: a restart forgets it, and nothing depends on it but waiting. Waiting sides are bounded by the
/// server's sockets, ended runs by <see cref="MostEnded"/>. Thread-safe.
/// </summary>
internal sealed class ResumeRoom(Limits limits, TimeProvider time)
{
    /// <summary>More are not remembered; their sides then wait in vain.</summary>
    internal const int MostEnded = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<Party, ReturningSide>> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);
    private DateTimeOffset _nextSweep;
    private bool _isClosing;

    internal int Count
    {
        get { lock (_gate) return _waiting.Sum(run => run.Value.Count); }
    }

    /// <summary>True while it is known that the run was ended in good order.</summary>
    internal bool HasEnded(string run)
    {
        lock (_gate)
        {
            Sweep();
            return _ended.ContainsKey(run);
        }
    }

    /// <summary>Nobody resumes this run any more; whoever waits for it hears so.</summary>
    internal void End(string run)
    {
        lock (_gate)
        {
            Sweep();
            if (_ended.Count < MostEnded)
                _ended[run] = time.GetUtcNow() + limits.ResumeWindow;
            if (!_waiting.TryGetValue(run, out var sides))
                return;
            foreach (var side in sides.Values)
                side.Tell(SocketCloseCode.ResumeRefused);
        }
    }

    /// <summary>True when the other side waits already.</summary>
    internal bool IsAwaited(ReturningSide side)
    {
        lock (_gate)
            return _waiting.TryGetValue(side.Run, out var sides) && sides.ContainsKey(OtherThan(side.Side));
    }

    /// <summary>Lets the side wait; it meets the other one at once where that is here. An earlier socket of the side is sent away.</summary>
    internal void Enter(ReturningSide side)
    {
        lock (_gate)
        {
            if (_isClosing)
                side.Tell(SocketCloseCode.GoingAway);
            if (_ended.ContainsKey(side.Run))
                side.Tell(SocketCloseCode.ResumeRefused);
            if (!_waiting.TryGetValue(side.Run, out var sides))
                _waiting[side.Run] = sides = [];
            if (sides.Remove(side.Side, out var earlier))
                earlier.Tell(SocketCloseCode.PeerGone);
            sides[side.Side] = side;
            if (side.ToldToLeave.IsCompleted || !sides.TryGetValue(OtherThan(side.Side), out var partner))
                return;
            if (!partner.TryClaim())
                return;
            side.TryClaim();
            partner.Meet(side);
            side.Meet(partner);
        }
    }

    /// <summary>The side waits no longer.</summary>
    internal void Leave(ReturningSide side)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(side.Run, out var sides) || sides.GetValueOrDefault(side.Side) != side)
                return;
            sides.Remove(side.Side);
            if (sides.Count == 0)
                _waiting.Remove(side.Run);
        }
    }

    /// <summary>The server stops: whoever waits is told, and whoever comes later.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _isClosing = true;
            foreach (var side in _waiting.Values.SelectMany(run => run.Values))
                side.Tell(SocketCloseCode.GoingAway);
        }
    }

    private static Party OtherThan(Party side) => side is Party.Host ? Party.Viewer : Party.Host;

    private void Sweep()
    {
        var now = time.GetUtcNow();
        if (now < _nextSweep)
            return;
        _nextSweep = now + limits.ResumeWindow / 10;
        foreach (var (run, until) in _ended)
        {
            if (until <= now)
                _ended.Remove(run);
        }
    }
}
