using Nabij.Protocol.Session;

namespace Nabij.Protocol.Tests.Vectors;

/// <summary>resume.json.</summary>
internal static class ResumeVectors
{
    public static void Host(VectorCase vector)
    {
        var held = vector.List("secrets").Select(one => ((uint)one.Number("n"), new SecretBytes(one.Hex("secret"))));
        using var secrets = new ResumeSecrets(vector.Hex("sessionId"), held);
        var host = new ResumeHost(secrets, new ManualTime(default)) { Random = Fill(vector) };
        host.CountEarlierAttempts((int)vector.Number("recentAttempts"));
        var before = secrets.Generations;
        ResumedSession? session = null;
        byte[] reply = [];
        var error = Refusals.NameOf(() => session = host.Answer(vector.Hex("r1"), Ids(vector, "ids"), out reply));
        Assert.Equal(vector.Error, error);
        if (session is null)
        {
            Assert.Equal(before, secrets.Generations);
            return;
        }

        vector.AssertHex("r2", reply);
        AssertValues(vector, secrets, session, isViewer: false);
    }

    public static void Viewer(VectorCase vector)
    {
        var generation = (uint)vector.Number("n");
        using var secrets = new ResumeSecrets(
            vector.Hex("sessionId"), [(generation, new SecretBytes(vector.Hex("secret")))]);
        using var viewer = new ResumeViewer(secrets, generation) { Random = Fill(vector) };
        vector.AssertHex("r1", viewer.Start(Ids(vector, "ids")));
        ResumedSession? session = null;
        Assert.Equal(vector.Error, Refusals.NameOf(() => session = viewer.Finish(vector.Hex("r2"))));
        if (session is not null)
            AssertValues(vector, secrets, session, isViewer: true);
    }

    private static void AssertValues(VectorCase vector, ResumeSecrets secrets, ResumedSession session, bool isViewer)
    {
        var values = vector.Member("values");
        values.AssertHex("resume", secrets.Find(session.Generation)!.Span);
        Assert.Equal(Ids(values, "peerIds"), session.PeerIds);
        using var sealer = session.Keys.TakeSealer(new ManualTime(default));
        using var expected = new RecordSealer(
            session.Keys.Self, new SecretBytes(values.Hex(isViewer ? "trafficTC" : "trafficCT")),
            ChannelTable.Version1, new ManualTime(default));
        byte[] one = new byte[RecordLimits.LargestRecord], other = new byte[RecordLimits.LargestRecord];
        var length = sealer.Seal(Channel.Control, false, [3], one);
        Assert.Equal(length, expected.Seal(Channel.Control, false, [3], other));
        Assert.Equal(other.AsSpan(0, length), one.AsSpan(0, length));
        session.Dispose();
    }

    private static RandomFill Fill(VectorCase vector)
    {
        Queue<byte[]> random = new([vector.Hex("scalar"), vector.Hex("nonce")]);
        return destination => random.Dequeue().CopyTo(destination);
    }

    private static LastMessageId[] Ids(VectorCase vector, string name) =>
        [.. vector.List(name).Select(one => new LastMessageId((byte)one.Number("channel"), one.Number("id")))];
}
