using FsCheck;
using FsCheck.Fluent;
using Nabij.Protocol.Session;
using Nabij.Protocol.Tests.Vectors;

namespace Nabij.Protocol.Tests.Session;

/// <summary>Properties of sealing and opening that no list of vectors can show.</summary>
public sealed class RecordTests
{
    private readonly ManualTime _time = new(default);
    private readonly byte[] _buffer = new byte[RecordLimits.LargestRecord];

    [Fact]
    public void What_is_sealed_opens_to_the_same_bytes()
    {
        var (host, viewer) = TestRun.Established();
        using var sealer = host.Keys.TakeSealer(_time);
        using var receiver = new MessageReceiver(viewer.Keys.TakeOpener());
        Prop.ForAll<byte[]>(payload =>
        {
            var length = sealer.Seal(Channel.Screen, false, payload, _buffer);
            return receiver.Receive(_buffer.AsSpan(0, length)).Payload.SequenceEqual(payload);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_two_records_have_the_same_key_and_nonce()
    {
        var (host, viewer) = TestRun.Established();
        var seen = new HashSet<string>();
        foreach (var session in new[] { host, viewer })
        {
            using var sealer = session.Keys.TakeSealer(_time);
            for (var record = 0; record < 600; record++)
            {
                // The same content each time: with a repeated key and nonce the sealed bytes would repeat too.
                var length = record % 50 == 49
                    ? sealer.SealKeyUpdate(_buffer)
                    : sealer.Seal(Channel.Control, false, [0x16], _buffer);
                Assert.True(seen.Add(Convert.ToHexString(_buffer.AsSpan(RecordLimits.HeaderBytes, length - RecordLimits.HeaderBytes))));
            }
        }
    }

    [Fact]
    public void After_a_refusal_good_records_are_refused_too()
    {
        var (host, viewer) = TestRun.Established();
        using var sealer = host.Keys.TakeSealer(_time);
        using var opener = viewer.Keys.TakeOpener();
        var good = _buffer[..sealer.Seal(Channel.Control, false, [0x16], _buffer)];
        var bad = good.ToArray();
        bad[^1] ^= 1;
        Assert.Throws<RecordRefusedException>(() => { opener.Open(bad); });
        Assert.Throws<RecordRefusedException>(() => { opener.Open(good); });
    }

    [Fact]
    public void Sealing_on_a_channel_of_the_other_side_is_a_mistake_of_ours()
    {
        var (host, _) = TestRun.Established();
        using var sealer = host.Keys.TakeSealer(_time);
        Assert.Throws<ArgumentOutOfRangeException>(() => sealer.Seal(Channel.Input, false, [6], _buffer));
    }

    [Fact]
    public void Traffic_and_resume_secrets_can_be_taken_once()
    {
        var (host, _) = TestRun.Established();
        host.Keys.TakeSealer(_time).Dispose();
        Assert.Throws<InvalidOperationException>(() => host.Keys.TakeSealer(_time));
        host.Keys.TakeOpener().Dispose();
        Assert.Throws<InvalidOperationException>(() => host.Keys.TakeOpener());
    }

    [Fact]
    public void Padding_hides_the_length_of_what_is_typed()
    {
        var (_, viewer) = TestRun.Established();
        using var sealer = viewer.Keys.TakeSealer(_time);
        var lengths = Enumerable.Range(1, 58).Select(length => sealer.Seal(Channel.Input, false, new byte[length], _buffer));
        Assert.Single(lengths.Distinct());
    }

    [Fact]
    public void An_old_epoch_ends_before_the_next_record_and_nothing_is_lost()
    {
        var (host, viewer) = TestRun.Established();
        using var sealer = host.Keys.TakeSealer(_time);
        using var receiver = new MessageReceiver(viewer.Keys.TakeOpener());
        var received = new List<byte>();
        for (byte number = 0; number < 5; number++)
        {
            Assert.Equal(number > 0, sealer.IsEpochOld);
            if (sealer.IsEpochOld)
                Assert.False(receiver.Receive(_buffer.AsSpan(0, sealer.SealKeyUpdate(_buffer))).IsWhole);
            received.Add(receiver.Receive(_buffer.AsSpan(0, sealer.Seal(Channel.Screen, false, [number], _buffer))).Payload[0]);
            _time.Advance(RecordLimits.EpochLife);
        }

        Assert.Equal([0, 1, 2, 3, 4], received);
    }

    [Fact]
    public void An_epoch_that_grows_old_while_its_record_is_made_still_takes_it()
    {
        var (host, viewer) = TestRun.Established();
        using var sealer = host.Keys.TakeSealer(_time);
        using var receiver = new MessageReceiver(viewer.Keys.TakeOpener());
        Assert.False(sealer.IsEpochOld);
        _time.Advance(RecordLimits.EpochLife);
        Assert.Equal([7], receiver.Receive(_buffer.AsSpan(0, sealer.Seal(Channel.Screen, false, [7], _buffer))).Payload.ToArray());
        Assert.True(sealer.IsEpochOld);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public void Unfinished_messages_never_hold_more_than_their_channel_allows()
    {
        var (host, viewer) = TestRun.Established();
        using var sealer = host.Keys.TakeSealer(_time);
        using var receiver = new MessageReceiver(viewer.Keys.TakeOpener());
        var piece = new byte[RecordLimits.LargestPayload];
        var largest = ChannelTable.Version1.Find((byte)Channel.Cursor)!.LargestMessage;
        var pieces = 0;
        while (Refusals.NameOf(
            () => receiver.Receive(_buffer.AsSpan(0, sealer.Seal(Channel.Cursor, true, piece, _buffer)))) is null)
        {
            pieces++;
        }

        Assert.Equal(largest / piece.Length, pieces);
    }

    [Fact]
    public void Pieces_of_two_channels_come_together_again_however_they_mix()
    {
        var random = new SeededRandom(Campaign.Seed);
        var (host, viewer) = TestRun.Established();
        using var sealer = host.Keys.TakeSealer(_time);
        using var receiver = new MessageReceiver(viewer.Keys.TakeOpener());
        var sent = new Dictionary<Channel, byte[]> { [Channel.Screen] = [], [Channel.Cursor] = [] };
        for (var record = 0; record < 500; record++)
        {
            var channel = random.Pick([Channel.Screen, Channel.Cursor]);
            var (piece, hasMore) = (random.Bytes(1 + random.Below(2000)), random.Below(3) > 0);
            sent[channel] = [.. sent[channel], .. piece];
            var message = receiver.Receive(_buffer.AsSpan(0, sealer.Seal(channel, hasMore, piece, _buffer)));
            Assert.Equal(!hasMore, message.IsWhole);
            if (hasMore)
                continue;
            Assert.True(message.Payload.SequenceEqual(sent[channel]) && message.Channel == channel, $"seed {Campaign.Seed}, record {record}");
            sent[channel] = [];
        }
    }

    [Fact]
    public void Erased_key_material_is_zero_and_lent_no_more()
    {
        var secret = new SecretBytes([1, 2, 3]);
        var lent = secret.Span;
        secret.Dispose();
        Assert.Equal([0, 0, 0], lent.ToArray());
        Assert.Throws<ObjectDisposedException>(() => { _ = secret.Span; });
    }

    [Fact]
    public void A_forgotten_beginning_does_not_touch_the_next_message()
    {
        var (host, viewer) = TestRun.Established();
        using var sealer = host.Keys.TakeSealer(_time);
        using var receiver = new MessageReceiver(viewer.Keys.TakeOpener());
        receiver.Receive(_buffer.AsSpan(0, sealer.Seal(Channel.Screen, true, [1, 2, 3], _buffer)));
        receiver.ForgetUnfinished(Channel.Screen);
        var message = receiver.Receive(_buffer.AsSpan(0, sealer.Seal(Channel.Screen, false, [9], _buffer)));
        Assert.Equal([9], message.Payload.ToArray());
    }
}
