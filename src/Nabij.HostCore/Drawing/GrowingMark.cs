using Nabij.Protocol.Drawing;

namespace Nabij.HostCore.Drawing;

/// <summary>
/// A mark with its times (docs/protocol/11, "Interactions" 3 and 4): it grows until it is finished, and then stays or goes.
/// Owned by <see cref="RemoteDrawing"/>, under its lock.
/// </summary>
internal sealed class GrowingMark
{
    private const int MostPoints = 1_024;
    private static readonly TimeSpan Stays = TimeSpan.FromSeconds(6), LongestPause = TimeSpan.FromSeconds(30);
    /// <summary>Tuning: how long before its end it grows thinner, and thinner again.</summary>
    private static readonly TimeSpan Thin = TimeSpan.FromMilliseconds(800), Thinner = TimeSpan.FromMilliseconds(400);

    private readonly bool isKept;
    private readonly TimeProvider time;
    private long lastChange;

    public GrowingMark(long number, Begin begin, TimeProvider time)
    {
        (isKept, this.time) = (begin.IsKept, time);
        lastChange = time.GetTimestamp();
        Now = new Mark(number, begin.Shape, [begin.Place], Mark.FullStrength);
    }

    /// <summary>As it is to be shown.</summary>
    public Mark Now { get; private set; }

    /// <summary>It takes no points any more.</summary>
    public bool IsFinished { get; private set; }

    public void Add(IReadOnlyList<DrawingPoint> places)
    {
        lastChange = time.GetTimestamp();
        if (Now.Shape != MarkShape.Line) Now = Now with { Points = [Now.Points[0], places[^1]] };
        else Now = Now with { Points = Now.Points.AddRange(places.Take(MostPoints - Now.Points.Length)) };
    }

    public void Finish()
    {
        if (IsFinished) return;
        IsFinished = true;
        lastChange = time.GetTimestamp();
    }

    /// <summary>Brings it to what time has made of it: how long it stays so, null for always; zero when it is gone.</summary>
    public TimeSpan? Age()
    {
        var age = time.GetElapsedTime(lastChange);
        if (!IsFinished && age < LongestPause) return LongestPause - age;
        if (!IsFinished)
        {
            Finish();
            age = TimeSpan.Zero;
        }
        if (isKept) return null;
        var left = Stays - age;
        var strength = left > Thin ? Mark.FullStrength : left > Thinner ? 2 : 1;
        if (strength != Now.Strength) Now = Now with { Strength = strength };
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left - (strength switch { 3 => Thin, 2 => Thinner, _ => TimeSpan.Zero });
    }
}
