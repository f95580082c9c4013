namespace Nabij.Server.Desk.Notes;

/// <summary>In which units an organization counts time, and which way it rounds. The page rounds the same way (work-time.ts).</summary>
/// <param name="Minutes">0: to the second, nothing is rounded.</param>
/// <param name="Rounding"><see cref="Up"/>: each unit that was begun counts; <see cref="Nearest"/>: half a unit and more counts as one.</param>
public sealed record WorkUnit(int Minutes, string Rounding)
{
    internal const string Up = "up", Nearest = "nearest";

    /// <summary>The units that can be chosen.</summary>
    internal static readonly IReadOnlyList<int> Choices = [0, 1, 5, 6, 10, 15, 30, 60];

    internal static bool IsValid(int minutes, string rounding) => Choices.Contains(minutes) && rounding is Up or Nearest;

    internal long Round(long seconds)
    {
        var unit = Minutes * 60L;
        if (unit == 0)
            return seconds;
        var begun = Rounding == Nearest ? seconds + unit / 2 : seconds + unit - 1;
        return begun / unit * unit;
    }
}
