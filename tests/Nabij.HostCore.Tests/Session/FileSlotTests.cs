using Nabij.HostCore.Files;
using Nabij.HostCore.Session;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Session;

/// <summary>The one message of files that waits for the line, and the picture that goes before it.</summary>
[Trait("Invariant", "4")]
public sealed class FileSlotTests : IDisposable
{
    private const int Chunk = 16_384;

    private readonly ManualTimeProvider clock = new();
    private readonly SendQueues queues;
    private readonly byte[] payload = new byte[RecordLimits.LargestPayload];

    public FileSlotTests()
    {
        queues = new SendQueues(clock);
        queues.OpenFiles(FileWay.ToHost);
        queues.OpenFiles(FileWay.FromHost);
        queues.OpenPicture();
    }

    public void Dispose() => queues.Dispose();

    [Fact]
    public void Files_go_after_everything_else()
    {
        Assert.Equal(SlotAnswer.Taken, queues.PutFile(FileWay.FromHost, new byte[100], hasContent: false));
        PutPicture(10);
        queues.PutChat(new Nabij.Protocol.Chat.ChatDelivered(1));
        queues.PutControl([1]);
        Assert.Equal([Channel.Control, Channel.Screen, Channel.Chat, Channel.Files], Enumerable.Range(0, 4).Select(_ => Take()!.Value));
    }

    [Fact]
    public void Only_one_message_waits()
    {
        Assert.Equal(SlotAnswer.Taken, queues.PutFile(FileWay.FromHost, new byte[1], hasContent: true));
        Assert.Equal(SlotAnswer.Full, queues.PutFile(FileWay.ToHost, new byte[1], hasContent: false));
        var room = 0;
        queues.FileRoom = () => room++;
        Assert.Equal(Channel.Files, Take());
        Assert.Equal(1, room);
        Assert.Equal(SlotAnswer.Taken, queues.PutFile(FileWay.ToHost, new byte[1], hasContent: false));
    }

    [Fact]
    public void What_waits_of_a_direction_that_is_closed_never_leaves()
    {
        queues.PutFile(FileWay.FromHost, new byte[1], hasContent: true);
        queues.CloseFiles(FileWay.FromHost);
        Assert.Equal(SlotAnswer.Closed, queues.PutFile(FileWay.FromHost, new byte[1], hasContent: true));
        queues.OpenFiles(FileWay.FromHost);
        Assert.Null(Take());
    }

    [Fact]
    public void While_the_picture_changes_no_more_content_leaves_than_picture()
    {
        var (picture, files) = (0, 0);
        for (var update = 0; update < 200; update++)
        {
            PutPicture(40_000);
            while (Take() is { } channel)
            {
                picture += channel == Channel.Screen ? 1 : 0;
                files += channel == Channel.Files ? Chunk : 0;
                queues.PutFile(FileWay.FromHost, new byte[Chunk], hasContent: true);
            }
            clock.Advance(TimeSpan.FromMilliseconds(40));
        }
        Assert.InRange(files, 200 * 40_000 / 2, 200 * 40_000);
        Assert.Equal(600, picture);
    }

    [Fact]
    public void A_picture_that_changes_a_little_does_not_hold_files_up_for_good()
    {
        var files = 0;
        for (var update = 0; update < 20; update++)
        {
            PutPicture(200);
            while (Take() is { } channel)
            {
                files += channel == Channel.Files ? 1 : 0;
                queues.PutFile(FileWay.FromHost, new byte[Chunk], hasContent: true);
            }
            clock.Advance(TimeSpan.FromMilliseconds(50));
        }
        Assert.InRange(files, 19, 20); // one for each update
    }

    [Fact]
    public async Task Once_the_picture_is_still_the_writer_hears_that_content_may_leave()
    {
        PutPicture(10);
        Assert.Equal(Channel.Screen, Take());
        queues.PutFile(FileWay.FromHost, new byte[Chunk], hasContent: true);
        queues.PutFile(FileWay.FromHost, new byte[Chunk], hasContent: true);
        Assert.Equal(Channel.Files, Take()); // what one message of the picture gives
        queues.PutFile(FileWay.FromHost, new byte[Chunk], hasContent: true);
        Assert.Null(Take());
        Assert.False(queues.HasAnything);
        await queues.WaitAsync(TestContext.Current.CancellationToken); // what was signaled before
        clock.Advance(FileSlot.StillAfter);
        await queues.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Channel.Files, Take());
    }

    [Fact]
    public void An_answer_about_files_does_not_wait_for_the_picture()
    {
        PutPicture(10);
        Assert.Equal(Channel.Screen, Take());
        queues.PutFile(FileWay.FromHost, new byte[Chunk], hasContent: true);
        Take();
        queues.PutFile(FileWay.ToHost, new byte[20], hasContent: false);
        Assert.Equal(Channel.Files, Take());
    }

    private void PutPicture(int length) => queues.PutScreen(System.Buffers.ArrayPool<byte>.Shared.Rent(length), length, layout: 1);

    private Channel? Take() => queues.TryTake(payload, out var channel, out _, out _) ? channel : null;
}
