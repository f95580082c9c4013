using System.Diagnostics;
using Nabij.Protocol.Session;

namespace Nabij.Protocol.Tests.Session;

/// <summary>
/// A tool, not a test: compares the time of fixed with random scalars and hashes and prints Welch's t (below 4.5: not told
/// apart). Asserts nothing, since another program's load moves it, and is therefore part of no usual run: build with
/// -p:TimingTool=true and filter for this class.
/// </summary>
public sealed class TimingTool(ITestOutputHelper output)
{
    private const int Runs = 200_000;

#if TIMING_TOOL
    [Fact]
#endif
    public void Print_the_timing_of_fixed_against_random_inputs()
    {
        var random = new SeededRandom(Campaign.Seed);
        var (fixedInput, result) = (random.Bytes(32), new byte[32]);
        var point = X25519.BasePoint.ToArray();
        output.WriteLine($"ladder: t = {Welch(random, fixedInput, scalar => X25519.ScalarMultiply(scalar, point, result)):F2}");
        output.WriteLine($"map: t = {Welch(random, fixedInput, hash => X25519.MapToCurve(hash, result)):F2}");
    }

    private static double Welch(SeededRandom random, byte[] fixedInput, Action<byte[]> action)
    {
        var (sums, squares, counts) = (new double[2], new double[2], new double[2]);
        for (var run = 0; run < Runs; run++)
        {
            var kind = random.Below(2);
            var input = random.Bytes(32);
            input = kind == 0 ? fixedInput : input;
            var start = Stopwatch.GetTimestamp();
            action(input);
            var time = (double)(Stopwatch.GetTimestamp() - start);
            if (run < Runs / 20)
                continue;
            (sums[kind], squares[kind], counts[kind]) = (sums[kind] + time, squares[kind] + (time * time), counts[kind] + 1);
        }

        double Mean(int kind) => sums[kind] / counts[kind];
        double Spread(int kind) => ((squares[kind] / counts[kind]) - (Mean(kind) * Mean(kind))) / counts[kind];
        return (Mean(0) - Mean(1)) / Math.Sqrt(Spread(0) + Spread(1));
    }
}
