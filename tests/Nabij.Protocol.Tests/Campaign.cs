namespace Nabij.Protocol.Tests;

/// <summary>
/// Sizes of random campaigns: a tenth in the usual run, all of it when the environment variable NABIJ_FULL is set
/// (./dev test --full). NABIJ_SEED repeats a run.
/// </summary>
internal static class Campaign
{
    private const int UsualPart = 10;

    public static int Size(int full) =>
        Environment.GetEnvironmentVariable("NABIJ_FULL") is { Length: > 0 } ? full : full / UsualPart;

    public static ulong Seed { get; } =
        ulong.TryParse(Environment.GetEnvironmentVariable("NABIJ_SEED"), out var seed) ? seed : 20261122;
}
