using System.Runtime.Versioning;
using Nabij.Protocol;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Tests.Files;

/// <summary>Sender and receiver joined through memory, the line cut anywhere: identical files, or nothing.</summary>
[SupportedOSPlatform("linux")]
public sealed class FileTransferTests
{
    private const int UsualSchedules = 150, FullSchedules = 1500;

    private static bool IsFull => Environment.GetEnvironmentVariable("NABIJ_FULL") is { Length: > 0 };

    [Theory]
    [InlineData(Party.Viewer)]
    [InlineData(Party.Host)]
    [Trait("Invariant", "7")]
    [Trait("Campaign", "files")]
    public void Any_order_of_chunks_pauses_cuts_stops_and_cancels_gives_the_same_file_or_none(Party sender)
    {
        var (arrived, cuts) = (0, 0);
        for (var seed = 1ul; seed <= (ulong)(IsFull ? FullSchedules : UsualSchedules); seed++)
        {
            using var pair = new TransferPair(sender, seed);
            try
            {
                pair.Offer(1 + pair.Numbers.Below(4));
                for (var step = 0; step < 600; step++) pair.Step();
                pair.Settle();
                arrived += pair.Check();
                cuts += pair.Cuts;
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {seed}", failure);
            }
        }
        Assert.True(arrived > 0 && cuts > 0);
        TestContext.Current.TestOutputHelper!.WriteLine($"{arrived} files arrived, {cuts} cuts and stops, 0 damaged");
    }

    [Fact]
    [Trait("Invariant", "7")]
    [Trait("Campaign", "files")]
    public void A_large_file_over_a_line_that_is_cut_twenty_times_arrives_whole()
    {
        var megabytes = IsFull ? 2048 : 64;
        using var pair = new TransferPair(Party.Viewer, seed: 9, mayCancel: false);
        pair.OfferOne((long)megabytes * 1024 * 1024);
        var most = 0L;
        for (var cut = 0; cut < 20; cut++)
        {
            pair.RunUntil((long)megabytes * 1024 * 1024 * cut / 20);
            most = Math.Max(most, pair.MostUnderWay);
            pair.Cut();
        }
        pair.Settle();
        Assert.Equal(1, pair.Check());
        Assert.InRange(most, 1, FileLimits.MostCredit);
    }

    [Fact]
    public void A_file_that_changes_while_it_is_sent_does_not_arrive()
    {
        using var pair = new TransferPair(Party.Host, seed: 3, mayCancel: false);
        pair.OfferOne(3_000_000);
        pair.RunUntil(1_000_000);
        pair.ChangeSource();
        pair.Settle();
        Assert.Equal(TransferReason.Changed, Assert.Single(pair.Failures));
        Assert.Equal(0, pair.Check());
    }

    [Fact]
    public void What_the_sender_no_longer_offers_after_a_cut_is_withdrawn()
    {
        using var pair = new TransferPair(Party.Viewer, seed: 4, mayCancel: false);
        pair.OfferOne(3_000_000);
        pair.RunUntil(1_000_000);
        pair.Break();
        pair.CancelAtSender();
        pair.Mend();
        pair.Settle();
        Assert.Equal(TransferReason.Withdrawn, Assert.Single(pair.Failures));
        Assert.Equal(0, pair.Check());
    }
}
