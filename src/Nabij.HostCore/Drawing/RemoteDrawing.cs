using Nabij.Protocol.Drawing;

namespace Nabij.HostCore.Drawing;

/// <summary>
/// What one technician points at and draws (docs/protocol/11): a spot and a bounded number of marks, which go by
/// themselves. The permission gate has been asked before. Thread-safe: messages come from the reader, clearing from
/// anywhere, and a clock of its own takes marks away.
/// </summary>
public sealed class RemoteDrawing : IDisposable
{
    private const int MostMarks = 64;

    private readonly Lock gate = new();
    private readonly DrawingBoard board;
    private readonly TimeProvider time;
    private readonly Func<bool> knowsScreen;
    private readonly ITimer timer;
    private readonly List<GrowingMark> marks = [];
    private readonly int color;
    private DrawingPoint? spot;
    private long number;
    private bool isDisposed;

    /// <param name="board">Where it is shown.</param>
    /// <param name="time">Clock of the marks.</param>
    /// <param name="knowsScreen">Whether the places that the viewer names are those of the screen as it is; asked for each of them.</param>
    internal RemoteDrawing(DrawingBoard board, TimeProvider time, Func<bool> knowsScreen)
    {
        (this.board, this.time, this.knowsScreen) = (board, time, knowsScreen);
        color = board.Join();
        timer = time.CreateTimer(_ => Age(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Carries out one message.</summary>
    public void Apply(DrawingMessage message)
    {
        lock (gate)
        {
            if (isDisposed || NamesPlaces(message) && !knowsScreen()) return;
            Carry(message);
            Show();
        }
    }

    /// <summary>Everything is gone.</summary>
    public void Clear()
    {
        lock (gate)
        {
            if (spot is null && marks.Count == 0) return;
            spot = null;
            marks.Clear();
            Show();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (isDisposed) return;
            Clear();
            isDisposed = true;
            timer.Dispose();
            board.Leave(color);
        }
    }

    private static bool NamesPlaces(DrawingMessage message) => message is Spot or Begin or Points;

    private void Carry(DrawingMessage message)
    {
        var newest = marks.Count > 0 ? marks[^1] : null;
        switch (message)
        {
            case Spot here:
                spot = here.Place;
                break;
            case SpotOff:
                spot = null;
                break;
            case Begin begin:
                newest?.Finish();
                if (marks.Count == MostMarks) marks.RemoveAt(0);
                marks.Add(new GrowingMark(++number, begin, time));
                break;
            case Points points when newest is { IsFinished: false }:
                newest.Add(points.Places);
                break;
            case Done:
                newest?.Finish();
                break;
            case Undo when newest is not null:
                marks.Remove(newest);
                break;
            case Nabij.Protocol.Drawing.Clear:
                marks.Clear();
                break;
            default:
                break;
        }
    }

    private void Age()
    {
        lock (gate)
        {
            if (!isDisposed) Show();
        }
    }

    private void Show()
    {
        var next = Timeout.InfiniteTimeSpan;
        for (var index = marks.Count - 1; index >= 0; index--)
        {
            if (marks[index].Age() is not { } left) continue;
            if (left == TimeSpan.Zero) marks.RemoveAt(index);
            else if (next == Timeout.InfiniteTimeSpan || left < next) next = left;
        }
        // Timers count whole milliseconds: rounded down they would be early, again and again.
        timer.Change(next > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(next.TotalMilliseconds)) : next, Timeout.InfiniteTimeSpan);
        board.Show(color, spot, [.. marks.Select(mark => mark.Now)]);
    }
}
