using System.Numerics;
using Nabij.Protocol.Screen.Px;

namespace Nabij.Protocol.Tests.Px;

/// <summary>The transform of docs/protocol/05-screen.md, "Transform", against a plain implementation in large integers.</summary>
public sealed class BlockTransformTests
{
    private const int Side = 8, Size = 64;

    private static readonly int[][] Rows =
    [
        [64, 64, 64, 64, 64, 64, 64, 64], [89, 75, 50, 18, -18, -50, -75, -89], [83, 36, -36, -83, -83, -36, 36, 83],
        [75, -18, -89, -50, 50, 89, 18, -75], [64, -64, -64, 64, 64, -64, -64, 64], [50, -89, 18, 75, -75, -18, 89, -50],
        [36, -83, 83, -36, -36, 83, -83, 36], [18, -50, 75, -89, 89, -75, 50, -18],
    ];

    private static readonly int[] Zigzag =
        [.. Enumerable.Range(0, Size).OrderBy(place => place / Side + place % Side)
            .ThenBy(place => (place / Side + place % Side) % 2 == 0 ? place % Side : place / Side)];

    [Fact]
    public void Inverse_equals_the_chapters_arithmetic_at_every_step_and_for_extreme_levels()
    {
        var random = new SeededRandom(Campaign.Seed);
        var differences = new int[Size];
        for (var turn = 0; turn < 20_000; turn++)
        {
            var (levels, count, step) = (new int[Size], 1 + random.Below(Size), 1 + random.Below(63));
            var most = random.Pick([1, 3, 40, 2000, 65_549]);
            for (var i = 0; i < count; i++) levels[i] = random.Below(3) == 0 ? 0 : random.Below(2 * most + 1) - most;
            if (random.Below(4) == 0) levels.AsSpan(0, count).Fill(random.Below(2) == 0 ? most : -most);
            BlockTransform.Inverse(levels, count, step, differences);
            var expected = Inverse(levels, step);
            Assert.True(expected.AsSpan().SequenceEqual(differences), $"turn {turn} of seed {Campaign.Seed}, step {step}, {count} levels up to {most}");
        }
    }

    [Fact]
    public void There_and_back_differs_by_less_than_the_steps_of_all_coefficients_allow()
    {
        var random = new SeededRandom(Campaign.Seed);
        Span<int> work = stackalloc int[Size];
        Span<int> levels = stackalloc int[Size];
        for (var turn = 0; turn < 20_000; turn++)
        {
            var step = 1 + random.Below(63);
            var most = 1 + random.Below(255);
            var original = new int[Size];
            for (var i = 0; i < Size; i++) original[i] = random.Below(2 * most + 1) - most;
            original.CopyTo(work);
            levels.Clear();
            var any = BlockTransform.Forward(work, step, 128, levels);
            work.Clear();
            if (any) BlockTransform.Inverse(levels, Size, step, work);
            // Each coefficient is off by half its step at most; the transform keeps the sum of squares.
            var error = Enumerable.Range(0, Size).Zip(work.ToArray(), (i, value) => Math.Pow(value - original[i], 2)).Sum();
            var bound = Enumerable.Range(0, Size).Sum(place => Math.Pow(step * (1 + 0.06 * (place / Side + place % Side)) / 2 + 1, 2));
            Assert.True(error <= bound, $"turn {turn} of seed {Campaign.Seed}, step {step}: {error} above {bound}");
        }
    }

    private static int[] Inverse(int[] levels, int step)
    {
        var c = new BigInteger[Size];
        for (var i = 0; i < Size; i++)
        {
            var worth = step * 16 * (100 + 6 * (Zigzag[i] / Side + Zigzag[i] % Side)) / 100;
            c[Zigzag[i]] = Cut(new BigInteger(levels[i]) * worth);
        }

        var t = new BigInteger[Size];
        for (var v = 0; v < Side; v++)
            for (var x = 0; x < Side; x++) t[v * Side + x] = Cut((Sum(u => Rows[u][x] * c[v * Side + u]) + 64) >> 7);
        var d = new int[Size];
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++) d[y * Side + x] = (int)((Sum(v => Rows[v][y] * t[v * Side + x]) + 2048) >> 12);
        return d;

        static BigInteger Cut(BigInteger value) => BigInteger.Max(short.MinValue, BigInteger.Min(short.MaxValue, value));
        static BigInteger Sum(Func<int, BigInteger> term) => Enumerable.Range(0, Side).Aggregate(BigInteger.Zero, (sum, k) => sum + term(k));
    }
}
