using Nabij.HostCore.Picture;
using Nabij.HostCore.Picture.Px;
using Nabij.HostCore.Session;
using Nabij.Protocol.Screen;

namespace Nabij.HostCore.Tests.Picture;

/// <summary>The steady way of a picture, from capture to what the sender takes, allocates nothing on its thread.</summary>
public sealed class PictureAllocationTests : IDisposable
{
    private const int Warm = 300, Measured = 100, Attempts = 5, Side = 320;

    private readonly ManualTimeProvider clock = new();
    private readonly SyntheticScreen screen = new(Side, Side);
    private readonly SendQueues queues = new();
    private readonly byte[] buffer = new byte[65_530];
    private readonly ViewerPicture picture;
    private readonly PictureSchedule schedule;
    private readonly Presented[] answers = [.. Enumerable.Range(1, Warm + Attempts * Measured).Select(update => new Presented(1, (uint)update, 500, 500))];

    private readonly SeededNumbers numbers = new(7);
    private int taken, next;

    public PictureAllocationTests()
    {
        clock.Advance(TimeSpan.FromSeconds(100));
        picture = new ViewerPicture(queues, new PxEncoder(), clock);
        schedule = new PictureSchedule(screen);
        schedule.Add(picture);
    }

    public void Dispose()
    {
        picture.Dispose();
        queues.Dispose();
        screen.Dispose();
    }

    [Fact]
    public void A_hundred_updates_allocate_nothing_on_the_picture_thread()
    {
        picture.Open();
        Allocated(Warm);
        // The pool that all share may be emptied by a garbage collection that another test has caused: the best counts.
        var least = Enumerable.Range(0, Attempts).Min(_ => Allocated(Measured));
        Assert.True(taken > Warm + Attempts * Measured, "every step sent its update");
        Assert.Equal(0, least);
    }

    private long Allocated(int updates)
    {
        var allocated = 0L;
        for (var i = 0; i < updates; i++)
        {
            screen.Fill(numbers.Below(300), numbers.Below(300), 5 + numbers.Below(60), 5 + numbers.Below(40), (uint)numbers.Below(0x1000000));
            var before = GC.GetAllocatedBytesForCurrentThread();
            Step();
            picture.Presented(answers[next++]);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            clock.Advance(TimeSpan.FromMilliseconds(16));
        }
        return allocated;
    }

    private void Step()
    {
        screen.Wake();
        schedule.Run(screen.Wait());
        while (queues.TryTake(buffer, out _, out _, out _)) taken++;
    }
}
