using Nabij.Protocol.Screen.Px;

namespace Nabij.Protocol.Tests.Px;

/// <summary>
/// The decoder of codec 2 against spoiled pieces (picture.md B5.10). What it answered is left in artifacts/px for the viewer's
/// tests, which must find the same.
/// </summary>
[Trait("Invariant", "4")]
[Trait("Campaign", "px")]
public sealed class PxCampaignTests
{
    private const int SmallCases = 10_000_000, SmallChunk = 10_000, SmallStreams = 96;
    private const int LargeCases = 100_000, LargeChunk = 100, LargeStreams = 8;

    [Fact]
    public void Spoiled_pieces_of_small_pictures_give_a_picture_or_a_declared_error()
    {
        var random = new SeededRandom(Campaign.Seed);
        Run("small", [.. Enumerable.Range(0, SmallStreams).Select(_ => PxStreamMaker.Make(random, Side(), Side()))], SmallCases, SmallChunk);

        // Small ones more often: more cases in the same time.
        int Side() => 16 + Math.Min(random.Below(49), random.Below(49));
    }

    [Fact]
    public void Spoiled_pieces_of_large_pictures_give_a_picture_or_a_declared_error()
    {
        var random = new SeededRandom(Campaign.Seed + 1);
        Run("large", [.. Enumerable.Range(0, LargeStreams).Select(_ => PxStreamMaker.Make(random, 1920, 1080))], LargeCases, LargeChunk);
    }

    [Fact]
    public void Every_valid_stream_gives_the_writers_picture()
    {
        var random = new SeededRandom(Campaign.Seed + 2);
        var decoder = new PxDecoder();
        for (var turn = 0; turn < Campaign.Size(2000); turn++)
        {
            var stream = PxStreamMaker.Make(random, 16 + random.Below(80), 16 + random.Below(80));
            decoder.Reset(stream.Width, stream.Height);
            foreach (var piece in stream.Pieces)
            {
                decoder.Decode(piece.Content, piece.IsLast);
                Assert.True(piece.Hash == PxOutcome.HashOf(decoder.Picture), $"stream {turn} of seed {Campaign.Seed}");
            }
        }
    }

    private static void Run(string name, PxStream[] streams, int cases, int chunkSize)
    {
        var campaign = new PxCampaign(streams, chunkSize);
        var hashes = new ulong[Math.Max(1, Campaign.Size(cases) / chunkSize)];
        for (var chunk = 0; chunk < hashes.Length; chunk++) hashes[chunk] = campaign.RunChunk(chunk);
        // A campaign in which hardly anything gets through tests the first bytes only.
        Assert.True(campaign.Accepted > (long)hashes.Length * chunkSize / 100, $"{campaign.Accepted} accepted of {campaign}");
        campaign.Save(Path.Combine(Folder(), $"{name}.bin"), hashes);
    }

    // artifacts/px: the programs of the tests are in artifacts/bin/NAME/release.
    private static string Folder() => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "px"));
}
