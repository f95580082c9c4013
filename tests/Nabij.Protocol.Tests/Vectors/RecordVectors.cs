using System.Text.Json;
using Nabij.Protocol.Session;

namespace Nabij.Protocol.Tests.Vectors;

/// <summary>records.json, with the channel table that the file brings.</summary>
internal static class RecordVectors
{
    private static readonly Lazy<ChannelTable> Channels = new(ReadChannels);

    public static void Open(VectorCase vector)
    {
        var opener = new RecordOpener(
            Sender(vector), new SecretBytes(vector.Hex("traffic")), Channels.Value, vector.Flag("afterResume"));
        opener.Epoch.JumpTo((byte)vector.Number("epoch"), vector.Number("sequence"), (long)vector.Number("sum"));
        using var receiver = new MessageReceiver(opener);
        foreach (var step in vector.List("steps"))
        {
            var record = Bytes(step, "hex");
            (byte Channel, string Payload)? received = null;
            var error = Refusals.NameOf(() =>
            {
                var message = receiver.Receive(record);
                if (message.IsWhole)
                    received = ((byte)message.Channel, Convert.ToHexStringLower(message.Payload));
            });
            Assert.Equal(step.Error, error);
            Assert.Equal(step.Has("channel"), received is not null);
            if (received is { } got)
            {
                Assert.Equal(step.Number("channel"), got.Channel);
                Assert.Equal(Convert.ToHexStringLower(Bytes(step, "payload")), got.Payload);
            }

            if (error is not null)
                Assert.Equal("RecordRefused", Refusals.NameOf(() => receiver.Receive(record)));
        }
    }

    public static void Seal(VectorCase vector)
    {
        var time = new ManualTime(default);
        using var sealer = new RecordSealer(Sender(vector), new SecretBytes(vector.Hex("traffic")), Channels.Value, time);
        sealer.Epoch.JumpTo((byte)vector.Number("epoch"), vector.Number("sequence"), (long)vector.Number("sum"));
        foreach (var step in vector.List("steps"))
        {
            time.Advance(TimeSpan.FromSeconds(step.Number("seconds")));
            var records = SealOne(sealer, (Channel)step.Number("channel"), step.Flag("more"), Bytes(step, "payload"));
            Assert.Equal(step.HexList("records").Select(Convert.ToHexStringLower), records.Select(Convert.ToHexStringLower));
        }
    }

    private static List<byte[]> SealOne(RecordSealer sealer, Channel channel, bool hasMore, byte[] payload)
    {
        var buffer = new byte[RecordLimits.LargestRecord];
        var records = new List<byte[]>();
        if (sealer.IsEpochOld)
            records.Add(buffer[..sealer.SealKeyUpdate(buffer)]);
        records.Add(buffer[..sealer.Seal(channel, hasMore, payload, buffer)]);
        if (sealer.IsEpochFull)
            records.Add(buffer[..sealer.SealKeyUpdate(buffer)]);
        return records;
    }

    private static Party Sender(VectorCase vector) => vector.Text("direction") == "T>C" ? Party.Viewer : Party.Host;

    private static byte[] Bytes(VectorCase step, string name)
    {
        if (!step.Has(name + "Repeat"))
            return step.Has(name) ? step.Hex(name) : [];
        var repeat = step.Member(name + "Repeat");
        var bytes = new byte[repeat.Number("count")];
        Array.Fill(bytes, repeat.Hex("byte")[0]);
        return bytes;
    }

    private static ChannelTable ReadChannels()
    {
        using var document = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(VectorFolder.Root, "vectors", "records.json")));
        var rules = document.RootElement.GetProperty("channels").EnumerateArray().Select(element =>
        {
            var row = new VectorCase(element);
            Party? sender = row.Text("direction") switch { "T>C" => Party.Viewer, "C>T" => Party.Host, _ => null };
            return new ChannelRule(
                (byte)row.Number("number"), sender, row.Flag("padded"), (int)row.Number("largest"),
                row.Flag("fragmented"), (int)row.Number("number"));
        });
        return new ChannelTable([.. rules]);
    }
}
