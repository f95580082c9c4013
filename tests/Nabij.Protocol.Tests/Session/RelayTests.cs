using Nabij.Protocol.Session;
using Nabij.Protocol.Tests.Vectors;

namespace Nabij.Protocol.Tests.Session;

/// <summary>
/// A hostile relay: it alters, cuts, extends, drops, repeats, swaps, replays and reflects. Nothing that it touched may be
/// accepted (security.md section 9, item 3).
/// </summary>
[Trait("Invariant", "1")]
[Trait("Campaign", "relay")]
public sealed class RelayTests
{
    private const int FullSchedules = 10_000;
    private const int RecordsInOneSchedule = 12;

    private enum Fault
    {
        Flip,
        Cut,
        Extend,
        Drop,
        Repeat,
        Replay,
        Reflect,
        Swap,
    }

    [Fact]
    public void No_schedule_of_a_relay_gets_a_touched_handshake_accepted()
    {
        var earlier = new TestRun();
        var replayed = Messages(earlier);
        for (var schedule = 0; schedule < Campaign.Size(FullSchedules); schedule++)
        {
            var random = new SeededRandom(Campaign.Seed + (ulong)schedule);
            using var run = new TestRun();
            var (at, fault) = (random.Below(4), (Fault)random.Below(8));
            var viewerSession = RunThroughRelay(run, random, at, fault, replayed);
            Assert.True(viewerSession is null, $"seed {Campaign.Seed}, schedule {schedule}: {fault} at message {at + 1}");
        }
    }

    [Fact]
    public void No_schedule_of_a_relay_gets_a_touched_record_accepted()
    {
        var other = TestRun.Established();
        using var otherSealer = other.Host.Keys.TakeSealer(TimeProvider.System);
        for (var schedule = 0; schedule < Campaign.Size(FullSchedules); schedule++)
        {
            var random = new SeededRandom(Campaign.Seed + (ulong)schedule);
            using var master = new SecretBytes(random.Bytes(KeyDerivation.KeyBytes));
            using var host = SessionKeys.FromMaster(Party.Host, master);
            using var viewer = SessionKeys.FromMaster(Party.Viewer, master);
            using var sender = host.TakeSealer(TimeProvider.System);
            using var reflecting = viewer.TakeSealer(TimeProvider.System);
            using var receiver = new MessageReceiver(viewer.TakeOpener());
            var records = Enumerable.Range(0, RecordsInOneSchedule).Select(_ => SealRandom(sender, random)).ToList();
            var (at, fault) = (random.Below(RecordsInOneSchedule - 1), (Fault)random.Below(8));
            var delivered = Deliver(records, at, fault, random, otherSealer, reflecting);
            var accepted = CountAccepted(receiver, delivered);
            var untouched = fault is Fault.Repeat ? at + 1 : at;
            Assert.True(accepted == untouched, $"seed {Campaign.Seed}, schedule {schedule}: {fault} at record {at}");
        }
    }

    [Fact]
    public void Messages_3_and_4_cut_at_any_length_are_refused()
    {
        for (var length = 0; length < 134; length++)
        {
            using var run = new TestRun();
            var message2 = run.Host.Receive(run.Viewer.Start().Reply!.Value.Span).Reply!.Value;
            var message3 = run.Viewer.Receive(message2.Span).Reply!.Value;
            var step = run.Host.Receive(message3.Span[..Math.Min(length, message3.Length - 1)]);
            Assert.True(step is { Session: null, IsSecretBurnt: true }, $"MSG3 cut at {length}");
            using var other = new TestRun();
            var message4 = Messages(other)[3];
            Assert.Null(other.Viewer.Receive(message4.AsSpan(0, Math.Min(length, message4.Length - 1))).Session);
        }
    }

    private static List<byte[]> Messages(TestRun run)
    {
        var message1 = run.Viewer.Start().Reply!.Value;
        var message2 = run.Host.Receive(message1.Span).Reply!.Value;
        var message3 = run.Viewer.Receive(message2.Span).Reply!.Value;
        var message4 = run.Host.Receive(message3.Span).Reply!.Value;
        return [message1.ToArray(), message2.ToArray(), message3.ToArray(), message4.ToArray()];
    }

    private static EstablishedSession? RunThroughRelay(
        TestRun run, SeededRandom random, int at, Fault fault, List<byte[]> replayed)
    {
        var sent = new List<byte[]>();
        HandshakeStep step = run.Viewer.Start();
        for (var index = 0; index < 4; index++)
        {
            if (step.Reply is not { } reply || step.Failure is not null)
                return null;
            sent.Add(reply.ToArray());
            var message = index == at ? Touch(sent, index, fault, random, replayed) : sent[^1];
            var isForHost = index % 2 == 0;
            if (message is null)
                step = isForHost ? run.Host.TimedOut() : run.Viewer.TimedOut();
            else
                step = isForHost ? run.Host.Receive(message) : run.Viewer.Receive(message);
            if (index == at && fault == Fault.Repeat && !step.IsOver)
                step = isForHost ? run.Host.Receive(message) : run.Viewer.Receive(message);
            else if (index == at && fault == Fault.Repeat)
                return null; // After the last message the handshake takes nothing any more; records refuse it there.
        }

        return step.Session;
    }

    private static byte[]? Touch(List<byte[]> sent, int index, Fault fault, SeededRandom random, List<byte[]> replayed) =>
        fault switch
        {
            Fault.Flip => Flip(sent[index], random),
            Fault.Cut => sent[index][..random.Below(sent[index].Length)],
            Fault.Extend => [.. sent[index], .. random.Bytes(1 + random.Below(40))],
            Fault.Drop => null,
            Fault.Repeat => sent[index],
            Fault.Replay => replayed[index],
            Fault.Reflect => index > 0 ? sent[index - 1] : replayed[1],
            _ => replayed[(index + 1 + random.Below(3)) % 4],
        };

    private static List<byte[]> Deliver(
        List<byte[]> records, int at, Fault fault, SeededRandom random, RecordSealer other, RecordSealer reflecting)
    {
        List<byte[]> delivered = [.. records];
        switch (fault)
        {
            case Fault.Flip: delivered[at] = Flip(records[at], random); break;
            case Fault.Cut: delivered[at] = records[at][..random.Below(records[at].Length)]; break;
            case Fault.Extend: delivered[at] = [.. records[at], .. random.Bytes(1 + random.Below(64))]; break;
            case Fault.Drop: delivered.RemoveAt(at); break;
            case Fault.Repeat: delivered.Insert(at + 1, records[random.Below(at + 1)]); break;
            case Fault.Replay: delivered[at] = SealRandom(other, random); break;
            case Fault.Reflect: delivered[at] = SealControl(reflecting, random); break;
            default: (delivered[at], delivered[at + 1]) = (records[at + 1], records[at]); break;
        }

        return delivered;
    }

    private static int CountAccepted(MessageReceiver receiver, List<byte[]> delivered)
    {
        var accepted = 0;
        foreach (var record in delivered)
        {
            if (Refusals.NameOf(() => receiver.Receive(record)) is null)
                accepted++;
        }

        return accepted;
    }

    private static byte[] SealRandom(RecordSealer sealer, SeededRandom random)
    {
        var buffer = new byte[RecordLimits.LargestRecord];
        var channel = random.Pick([Channel.Cursor, Channel.Screen]);
        var length = sealer.Seal(channel, false, random.Bytes(1 + random.Below(300)), buffer);
        return buffer[..length];
    }

    private static byte[] SealControl(RecordSealer sealer, SeededRandom random)
    {
        var buffer = new byte[RecordLimits.LargestRecord];
        return buffer[..sealer.Seal(Channel.Control, false, random.Bytes(1 + random.Below(20)), buffer)];
    }

    private static byte[] Flip(byte[] message, SeededRandom random)
    {
        var flipped = message.ToArray();
        flipped[random.Below(flipped.Length)] ^= (byte)(1 << random.Below(8));
        return flipped;
    }
}
