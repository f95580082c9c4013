using System.Buffers.Binary;
using System.Text.Json;
using Nabij.Bench.Clips;

namespace Nabij.Bench.Codec;

/// <summary>
/// `streams`: writes what a viewer would receive of each clip, for measuring decoders elsewhere. NAME.px holds one piece
/// after the other: length u32 and flags u8 (bit 0: last piece of its update), little-endian, then the content. NAME.json
/// holds width, height, codec, counts, and the picture's hash after the last update: 8 words of 16 digits, the hash of
/// CHECK for update 0 to 7, which together cover every row.
/// </summary>
internal static class StreamsCommand
{
    private const int HeadBytes = 5;
    private const uint RowSteps = 8;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static int Run(Arguments arguments, Places places)
    {
        var corpus = new Corpus(arguments.Text("--corpus") ?? places.Corpus, arguments.List("--clips"));
        var codec = PictureCodec.Of(arguments.Text("--codec"));
        var settings = new ReplaySettings(RefinesDuring: true, arguments.Number("--line", CodecCommand.DefaultMegabits) * 1e6 / 8);
        var folder = arguments.Required("--out");
        Directory.CreateDirectory(folder);
        foreach (var name in corpus.Names)
        {
            Write(corpus.Read(name), codec, settings, Path.Combine(folder, name));
            Console.Out.WriteLine($"{Path.Combine(folder, name)}.px");
        }
        return 0;
    }

    private static void Write(Clip clip, PictureCodec codec, ReplaySettings settings, string prefix)
    {
        using var encoder = codec.CreateEncoder();
        using var replay = new Replay(clip, encoder, settings);
        using var file = File.Create(prefix + ".px");
        var head = new byte[HeadBytes];
        var (pieces, updates) = (0, 0);
        replay.PieceCoded = piece =>
        {
            BinaryPrimitives.WriteInt32LittleEndian(head, piece.Content.Length);
            head[HeadBytes - 1] = piece.IsLast ? (byte)1 : (byte)0;
            file.Write(head);
            file.Write(piece.Content.Span);
            pieces++;
        };
        replay.UpdateCoded = _ => updates++;
        replay.Run();
        string[] hashes = [.. Enumerable.Range(0, (int)RowSteps).Select(update => encoder.Hash((uint)update).ToString("x16", null))];
        var about = new StreamDescription(clip.Name, encoder.Codec, clip.Width, clip.Height, updates, pieces, hashes);
        File.WriteAllText(prefix + ".json", JsonSerializer.Serialize(about, Form) + "\n");
    }

    private sealed record StreamDescription(string Clip, int Codec, int Width, int Height, int Updates, int Pieces, string[] Hashes);
}
