namespace Nabij.HostCore.Picture;

/// <summary>
/// How many bytes per second reach the viewer: the most of the last ten rounds in which the line, not the screen, set
/// the pace (picture.md B6). A round is one trip there and back. While the screen sets the pace, a sample says only
/// that the line carries at least so much. Not thread-safe.
/// </summary>
internal sealed class LineRate
{
    private const int Rounds = 10;

    private readonly double[] best = new double[Rounds];
    private int round;
    private double newest;

    /// <summary>Bytes per second; 0 before the first sample.</summary>
    public double Value { get; private set; }

    /// <summary>True when the line has shown how much it carries, not only that it carries this much.</summary>
    public bool IsMeasured { get; private set; }

    /// <param name="rate">Bytes per second of one update's way.</param>
    /// <param name="wasFull">True when the line was busy all that time.</param>
    public void Note(double rate, bool wasFull)
    {
        if (wasFull) newest = rate;
        IsMeasured |= wasFull;
        if (!wasFull && rate <= Value) return;
        best[round] = Math.Max(best[round], rate);
        Value = Most();
    }

    /// <summary>A round in which the line set the pace is over: the oldest one is forgotten, once there is a newer sample.</summary>
    public void EndRound()
    {
        if (best[round] <= 0) return;
        round = (round + 1) % Rounds;
        best[round] = 0;
        Value = Most();
    }

    /// <summary>The line has become slower: only the newest sample counts.</summary>
    public void Forget()
    {
        if (newest <= 0) return;
        best.AsSpan().Clear();
        best[round] = Value = newest;
    }

    private double Most()
    {
        var most = 0.0;
        foreach (var one in best) most = Math.Max(most, one);
        return most;
    }
}
