using System.Buffers;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Picture.Px;
using Nabij.Protocol.Screen.Px;

namespace Nabij.HostCore.Tests.Picture.Px;

/// <summary>An encoder and the decoder of its viewer, compared after every update in all eight classes of rows.</summary>
internal sealed class PxPair : IDisposable
{
    private const int RowClasses = 8, Budget = 4000;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    private readonly PxEncoder encoder = new();
    private readonly List<byte[]> pieces = [];
    private readonly ArrayBufferWriter<byte> output = new(1 << 20);

    public PxDecoder Decoder { get; } = new();

    public BlockMap Pending { get; private set; } = new(16, 16);

    public TimeSpan Now { get; set; } = TimeSpan.FromSeconds(100);

    public void Start(RandomDesktop desktop)
    {
        encoder.Reset(desktop.Width, desktop.Height);
        Decoder.Reset(desktop.Width, desktop.Height);
        Pending = new BlockMap(desktop.Width, desktop.Height);
        Pending.MarkAll();
        Compare();
    }

    /// <summary>An update of what is marked, cut after so many pieces; returns how many there were.</summary>
    public int Send(RandomDesktop desktop, BlockMap blocks, PieceGoals goals, int mostPieces = int.MaxValue)
    {
        pieces.Clear();
        if (encoder.Begin(desktop.View, blocks, Now) == 0) return 0;
        Assert.True(encoder.EstimateBytes(goals.Quality) > 0);
        while (pieces.Count < mostPieces && Piece(desktop, blocks, goals))
        {
        }

        return Deliver();
    }

    /// <summary>Begins an update of which nothing is sent, as for an answer that is too large.</summary>
    public void Abandon(RandomDesktop desktop, BlockMap blocks) => encoder.Begin(desktop.View, blocks, Now);

    public bool Refine((int X, int Y)? focus)
    {
        output.Clear();
        pieces.Clear();
        if (!encoder.EncodeRefinement(Now, Pending, focus, Budget, output)) return false;
        pieces.Add(output.WrittenSpan.ToArray());
        Deliver();
        return true;
    }

    /// <summary>Sends all that is left and makes everything exact.</summary>
    public void Settle(RandomDesktop desktop)
    {
        while (!Pending.IsEmpty) Send(desktop, Pending, new PieceGoals(PictureQuality.Fine, null));
        Now += Rest;
        while (encoder.UntilRefinement(Now) is { } left)
        {
            Assert.Equal(TimeSpan.Zero, left);
            Assert.True(Refine(null));
        }
    }

    public void AssertExact(RandomDesktop desktop)
    {
        for (var y = 0; y < desktop.Height; y++)
        {
            var row = Decoder.Picture.Row(y);
            for (var x = 0; x < desktop.Width; x++)
                if (row[x] != desktop.Color(x, y)) Assert.Fail($"pixel {x}, {y}: {row[x]:x6}, not {desktop.Color(x, y):x6}");
        }
    }

    public void Dispose() => encoder.Dispose();

    private bool Piece(RandomDesktop desktop, BlockMap blocks, PieceGoals goals)
    {
        output.Clear();
        if (!encoder.EncodePiece(desktop.View, blocks, goals, output)) return false;
        pieces.Add(output.WrittenSpan.ToArray());
        return !blocks.IsEmpty;
    }

    private int Deliver()
    {
        for (var i = 0; i < pieces.Count; i++) Decoder.Decode(pieces[i], i == pieces.Count - 1);
        Compare();
        return pieces.Count;
    }

    private void Compare()
    {
        for (var rows = 0u; rows < RowClasses; rows++) Assert.Equal(encoder.Hash(rows), Decoder.Picture.Hash(rows));
    }
}
