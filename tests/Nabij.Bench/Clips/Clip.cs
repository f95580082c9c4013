namespace Nabij.Bench.Clips;

/// <summary>A recorded screen, whole in memory as differences, so that replaying costs nothing but copying. Immutable.</summary>
internal sealed record Clip(string Name, int Width, int Height, IReadOnlyList<ClipFrame> Frames)
{
    /// <summary>Length of the recorded time.</summary>
    public TimeSpan Duration => Frames[^1].At - Frames[0].At;
}
