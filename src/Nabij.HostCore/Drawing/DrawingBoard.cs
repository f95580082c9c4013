using System.Collections.Immutable;
using Nabij.HostCore.Input;
using Nabij.Protocol.Drawing;

namespace Nabij.HostCore.Drawing;

/// <summary>
/// What all technicians together show on the customer's screen, each in a color of their own. Thread-safe; the sink is
/// told under the lock, so that the newest state is the one that stays.
/// </summary>
internal sealed class DrawingBoard(IInputSink sink)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<int, Drawn> shown = [];
    private readonly SortedSet<int> taken = [];

    /// <summary>The lowest color that nobody has; give it back by <see cref="Leave"/>.</summary>
    public int Join()
    {
        lock (gate)
        {
            var color = 0;
            while (!taken.Add(color)) color++;
            return color;
        }
    }

    public void Show(int color, DrawingPoint? spot, ImmutableArray<Mark> marks)
    {
        lock (gate)
        {
            var isNothing = spot is null && marks.IsEmpty;
            if (isNothing && !shown.Remove(color)) return;
            if (!isNothing) shown[color] = new Drawn(color, spot, marks);
            sink.ShowDrawn([.. shown.Values]);
        }
    }

    public void Leave(int color)
    {
        Show(color, null, []);
        lock (gate) taken.Remove(color);
    }
}
