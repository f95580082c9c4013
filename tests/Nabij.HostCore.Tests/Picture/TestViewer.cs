using Nabij.HostCore.Picture;
using Nabij.HostCore.Session;
using Nabij.Protocol.Screen;
using Nabij.Protocol.Screen.Px;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Picture;

/// <summary>
/// A viewer written from docs/protocol/05 alone: takes what the host's queues hold, puts fragments together, decodes
/// codec 2 and keeps the picture. It says PRESENTED only when the test wants.
/// </summary>
internal sealed class TestViewer(SendQueues queues, ViewerPicture picture)
{
    private readonly byte[] buffer = new byte[65_530];
    private readonly Dictionary<Channel, MemoryStream> parts = [];
    private readonly PxDecoder decoder = new();
    private bool isUpdateOpen;

    public Layout? Layout { get; private set; }

    public uint Update { get; private set; }

    public uint[] Pixels { get; private set; } = [];

    public int Messages { get; private set; }

    public int Pieces { get; private set; }

    public int Checks { get; private set; }

    public List<CursorMessage> Cursors { get; } = [];

    public bool PresentsAtOnce { get; set; } = true;

    /// <summary>Takes one fragment; false when nothing waits.</summary>
    public bool TakeOne()
    {
        if (!queues.TryTake(buffer, out var channel, out var hasMore, out var length)) return false;
        Accept(channel, buffer.AsSpan(0, length), hasMore);
        return true;
    }

    public void TakeAll()
    {
        while (TakeOne())
        {
        }
    }

    /// <summary>Takes what comes from the queues and from one channel of an opened record.</summary>
    public void Accept(Channel channel, ReadOnlySpan<byte> fragment, bool hasMore)
    {
        if (!parts.TryGetValue(channel, out var whole)) parts[channel] = whole = new MemoryStream();
        whole.Write(fragment);
        if (hasMore) return;
        Receive(channel, whole.ToArray());
        whole.SetLength(0);
    }

    /// <summary>What STOPPED and REVOKE mean for the picture: what has arrived in part is forgotten.</summary>
    public void Forget()
    {
        parts.Clear();
        isUpdateOpen = false;
    }

    public void Present()
    {
        if (Layout is not null && Update > 0 && !isUpdateOpen) picture.Presented(new Presented(Layout.Number, Update, 500, 500));
    }

    private void Receive(Channel channel, byte[] message)
    {
        Messages++;
        if (channel == Channel.Cursor) Cursors.Add(CursorMessage.Decode(message));
        if (channel != Channel.Screen) return;
        switch (ScreenMessage.Decode(message))
        {
            case Layout layout:
                Assert.False(isUpdateOpen, "a layout came in the middle of an update");
                Assert.Equal((Layout?.Number ?? 0) + 1, layout.Number);
                (Layout, Update, Pixels) = (layout, 0, new uint[layout.Width * layout.Height]);
                decoder.Reset(layout.Width, layout.Height);
                break;
            case Update update:
                Take(update);
                break;
            case Check check:
                Checks++;
                Assert.Equal((Layout!.Number, Update), (check.Layout, check.Update));
                Assert.Equal(PictureHash.Compute(Pixels, Layout.Width, Layout.Height, Layout.Width, Update), check.Hash);
                break;
        }
    }

    private void Take(Update update)
    {
        Pieces++;
        Assert.Equal(Layout!.Number, update.Layout);
        Assert.Equal(isUpdateOpen ? Update : Update + 1, update.Number);
        Update = update.Number;
        isUpdateOpen = !update.Flags.HasFlag(UpdateFlags.Last);
        Decode(update.Content.Span);
        if (!isUpdateOpen && PresentsAtOnce) Present();
    }

    private void Decode(ReadOnlySpan<byte> content)
    {
        decoder.Decode(content, !isUpdateOpen);
        var (piece, columns) = (decoder.LastPiece, decoder.Picture.Columns);
        for (var block = piece.FirstRow * columns; block < (piece.FirstRow + piece.RowCount) * columns; block++)
        {
            if (piece.Modes[block] == BlockMode.Same) continue;
            var (x, y, width, height) = decoder.Picture.Area(block);
            for (var row = y; row < y + height; row++)
                decoder.Picture.Row(row).Slice(x, width).CopyTo(Pixels.AsSpan(row * Layout!.Width + x));
        }
    }
}
