namespace Nabij.HostCore.Tests.Picture.Simulation;

/// <summary>A line between two computers, the same in both directions.</summary>
/// <param name="MegabitsPerSecond">Rate of the bottleneck.</param>
/// <param name="RoundTripMilliseconds">Both ways together, without queue.</param>
/// <param name="LossPercent">Packets of 1,400 bytes that are lost and sent again a round trip later; what comes behind them waits.</param>
/// <param name="JitterMilliseconds">Up to so much is added to each message; order is kept.</param>
public sealed record LineProfile(double MegabitsPerSecond, int RoundTripMilliseconds, double LossPercent = 0, int JitterMilliseconds = 0)
{
    /// <summary>The bench's lines: wan as picture.md A3 has it.</summary>
    public static LineProfile Wan { get; } = new(10, 40, 1);

    public static LineProfile Lan { get; } = new(1000, 1);

    public double BytesPerSecond => MegabitsPerSecond * 125_000;

    public TimeSpan RoundTrip => TimeSpan.FromMilliseconds(RoundTripMilliseconds);

    public override string ToString() => LossPercent > 0
        ? $"{MegabitsPerSecond} Mbit/s, {RoundTripMilliseconds} ms, {LossPercent} % loss"
        : $"{MegabitsPerSecond} Mbit/s, {RoundTripMilliseconds} ms";
}
