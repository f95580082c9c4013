using System.Globalization;
using Nabij.Protocol.Screen.Px;

namespace Nabij.Protocol.Tests.Px;

/// <summary>
/// Spoiled pieces by the thousand into one decoder. The outcomes of each chunk are one number, so that the viewer's decoder,
/// which does the same (src/Nabij.Viewer/tests/px/campaign.test.ts), can be compared with this one.
/// </summary>
internal sealed class PxCampaign(IReadOnlyList<PxStream> streams, int chunkSize)
{
    private const int MostInARow = 8, UsualPrefix = 3, DeepEvery = 16;
    private const uint ChunkStride = 0x9E3779B9;

    private readonly PxDecoder _decoder = new();
    private readonly PieceMutator _mutator = new(streams);

    /// <summary>How many spoiled pieces were taken in without an error.</summary>
    public long Accepted { get; private set; }

    public ulong RunChunk(int chunk)
    {
        var random = new XorShift(unchecked((uint)(chunk + 1) * ChunkStride));
        var hash = PxOutcome.Begin;
        for (var cases = 0; cases < chunkSize;) cases += RunRow(random, chunkSize - cases, ref hash);
        return hash;
    }

    /// <summary>Good pieces first, then spoiled ones until one is refused.</summary>
    private int RunRow(XorShift random, int most, ref ulong hash)
    {
        var stream = streams[random.Below(streams.Count)];
        var pieces = stream.Pieces;
        _decoder.Reset(stream.Width, stream.Height);
        var at = random.Below(random.Below(DeepEvery) == 0 ? pieces.Count : Math.Min(UsualPrefix, pieces.Count));
        for (var i = 0; i < at; i++) Assert.Equal(0, PxOutcome.Decode(_decoder, pieces[i].Content, pieces[i].IsLast));
        for (var done = 1; ; done++, at++)
        {
            var piece = pieces[at % pieces.Count];
            var outcome = PxOutcome.Decode(_decoder, _mutator.Mutate(piece.Content, random), piece.IsLast);
            hash = PxOutcome.Add(hash, (ulong)outcome);
            if (outcome != 0) return done;
            Accepted++;
            hash = PxOutcome.Add(hash, PxOutcome.HashOf(_decoder.Picture));
            if (done == Math.Min(MostInARow, most)) return done;
        }
    }

    /// <summary>Streams and outcomes for the viewer's tests.</summary>
    public void Save(string path, IReadOnlyList<ulong> hashes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write(chunkSize);
        writer.Write(hashes.Count);
        foreach (var hash in hashes) writer.Write(hash);
        writer.Write(streams.Count);
        foreach (var stream in streams)
        {
            writer.Write(stream.Width);
            writer.Write(stream.Height);
            writer.Write(stream.Pieces.Count);
            foreach (var piece in stream.Pieces)
            {
                writer.Write(piece.Hash);
                writer.Write(piece.IsLast ? 1 : 0);
                writer.Write(piece.Content.Length);
                writer.Write(piece.Content);
            }
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{streams.Count} streams, seed {Campaign.Seed}");
}
