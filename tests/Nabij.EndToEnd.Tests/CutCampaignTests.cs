using System.Globalization;
using Nabij.EndToEnd.Tests.Stage;
using Nabij.Protocol.Tests;

namespace Nabij.EndToEnd.Tests;

/// <summary>
/// One session whose connections are cut again and again, at random points, while the picture moves, both people write,
/// files go both ways and keys are held: nothing is lost or damaged, nothing stays pressed, and it goes on soon
/// (invariant 7). A tenth of the cuts in ./dev test, all with NABIJ_FULL; NABIJ_SEED repeats a run.
/// </summary>
[Trait("Campaign", "cuts")]
[Trait("Invariant", "7")]
public sealed class CutCampaignTests(ITestOutputHelper output)
{
    private const int FullCuts = 100, UsualPart = 10, RestartEvery = 9;

    // The bar is two seconds from the moment when the line is back; a test machine shares its cores.
    // A server that has just started makes its code ready while it answers for the first time, which takes longer there.
    private const double Bound = 2_000, SlowMachineFactor = 3, SlowStartFactor = 6;

    // Chapter 02: at most 10 R1 within a minute; one is left over.
    private const int MostReturns = 9;
    private static readonly TimeSpan ReturnsSpan = TimeSpan.FromSeconds(61);

    [Fact]
    public async Task A_line_that_is_cut_again_and_again_loses_no_word_no_file_and_no_picture_and_leaves_no_key_pressed()
    {
        var isFull = Environment.GetEnvironmentVariable("NABIJ_FULL") is { Length: > 0 };
        var seed = int.TryParse(Environment.GetEnvironmentVariable("NABIJ_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 20261122;
        output.WriteLine($"seed {seed}");
        await using var line = new Line();
        await using var stage = await CutStage.StartAsync(line, new SeededRandom((ulong)seed));
        List<(string What, double Milliseconds)> returns = [];
        var times = new Queue<DateTimeOffset>();
        for (var number = 1; number <= (isFull ? FullCuts : FullCuts / UsualPart); number++)
        {
            await stage.WorkUntilAsync(() => times.Count < MostReturns || TimeProvider.System.GetUtcNow() - times.Peek() > ReturnsSpan);
            if (times.Count == MostReturns) times.Dequeue();
            var isRestart = number % RestartEvery == 0;
            var (what, took) = isRestart ? await stage.RestartAsync(number, isKilled: number % (2 * RestartEvery) == 0) : await stage.CutAsync(number);
            times.Enqueue(TimeProvider.System.GetUtcNow());
            output.WriteLine($"{number}: {what}: {took:F0} ms");
            Assert.True(took < Bound * (isRestart ? SlowStartFactor : SlowMachineFactor), $"cut {number} of seed {seed}, {what}: back after {took:F0} ms");
            returns.Add((what, took));
        }

        await stage.NothingIsLostAsync();
        Report(returns, stage.Summary);
    }

    private void Report(List<(string What, double Milliseconds)> returns, string summary)
    {
        var sorted = returns.OrderBy(one => one.Milliseconds).ToList();
        var (what, worst) = sorted[^1];
        var text = $"cuts: {returns.Count}, back after {sorted[sorted.Count / 2].Milliseconds:F0} ms at the median, {worst:F0} ms at worst ({what}); "
            + $"{returns.Count(one => one.Milliseconds <= Bound)} within {Bound:F0} ms; {summary}";
        output.WriteLine(text);
        File.WriteAllText(Path.Combine(Programs.Results, "cuts.txt"), text + "\n");
    }
}
