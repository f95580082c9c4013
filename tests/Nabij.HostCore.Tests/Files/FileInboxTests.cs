using Nabij.HostCore.Files;
using Nabij.Protocol.Files;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Tests.Files;

/// <summary>Invariant 4: what waits for a disk is bounded, whatever the other side sends and however long the disk takes.</summary>
[Trait("Invariant", "4")]
public sealed class FileInboxTests
{
    private readonly FileInbox inbox = new();

    [Fact]
    public void More_messages_than_an_honest_technician_can_send_end_the_session()
    {
        inbox.Open(FileWay.FromHost);
        for (var i = 0; i < FileInbox.MostMessages; i++) inbox.Put(new Credit(2, (uint)i));
        Assert.Throws<WireFormatException>(() => inbox.Put(new Credit(2, 0)));
    }

    [Fact]
    public void Content_beyond_the_bound_ends_its_transfer_and_nothing_else()
    {
        inbox.Open(FileWay.ToHost);
        var content = new byte[FileLimits.LargestContent];
        inbox.Put(new Pause(3));
        for (var i = 0; i < 10_000; i++) inbox.Put(new Chunk(1, (long)i * content.Length, content));
        Assert.InRange(GC.GetTotalMemory(false), 0, 1_000_000_000);
        inbox.Put(new Pause(3));
        var works = 0;
        while (!inbox.IsEmpty)
        {
            Assert.NotNull(inbox.Take(hasMore: true));
            works++;
        }
        // The turn that opened it, the end of the drowned one, and what was said of the other.
        Assert.Equal(4, works);
    }

    [Fact]
    public void What_was_said_before_a_way_closed_is_forgotten()
    {
        inbox.Open(FileWay.ToHost);
        inbox.Put(new Chunk(1, 0, new byte[10]));
        inbox.Put(new Credit(2, 10));
        var era = inbox[FileWay.ToHost].Era;
        inbox.Close(FileWay.ToHost, isTakenBack: false);
        inbox.Open(FileWay.ToHost);
        Assert.NotEqual(era, inbox[FileWay.ToHost].Era);
        inbox.Take(hasMore: true); // the turn of this way
        inbox.Take(hasMore: true); // the credit of the other way
        Assert.True(inbox.IsEmpty);
    }
}
