using System.Text;
using Nabij.Protocol.Session;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Tests.Vectors;

/// <summary>handshake.json: drives the state machine of one side through the steps of a case.</summary>
internal static class HandshakeVectors
{
    private static readonly string[] StepMessages = ["hex", "reply"];

    public static void Customer(VectorCase vector)
    {
        var inputs = vector.Member("inputs");
        using var secret = SupportSecret.FromDigits(Encoding.ASCII.GetBytes(inputs.Text("secret")));
        secret.SetBrokenOffRuns((int)inputs.Number("brokenOffRuns"));
        using var handshake = new CustomerHandshake(CustomerOptions(inputs, secret));
        HandshakeStep? last = null;
        foreach (var step in vector.List("steps"))
        {
            last = step.Text("event") switch
            {
                "message" => handshake.Receive(step.Hex("hex")),
                "closed" => handshake.ConnectionEnded(),
                "timeout" => handshake.TimedOut(),
                var other => throw new InvalidOperationException($"Unknown event {other}."),
            };
            AssertStep(step, last);
            Assert.Equal(step.Flag("burns"), last.IsSecretBurnt);
            Assert.Equal(step.Flag("burns"), secret.IsBurnt);
            Assert.Equal(step.Flag("brokenOff"), last.IsBrokenOff);
        }

        if (last?.Session is { } session)
        {
            AssertValues(vector, session, sendsFromViewer: false);
            var learned = vector.Member("values").Member("learned");
            learned.AssertHex("technicianId", session.Technician.TechnicianId.Span);
            Assert.Equal(learned.Text("displayName"), session.Technician.DisplayName);
            Assert.Equal(learned.Text("client"), session.Technician.Client);
            Assert.Equal((Permissions)learned.Number("requested"), session.Technician.Requested);
            session.Dispose();
        }
    }

    public static void Technician(VectorCase vector)
    {
        var inputs = vector.Member("inputs");
        using var secret = SupportSecret.FromDigits(Encoding.ASCII.GetBytes(inputs.Text("secret")));
        using var handshake = new TechnicianHandshake(TechnicianOptions(vector, inputs, secret));
        HandshakeStep? last = null;
        foreach (var step in vector.List("steps"))
        {
            last = step.Text("event") switch
            {
                "start" => handshake.Start(),
                "message" => handshake.Receive(step.Hex("hex")),
                "closed" => handshake.ConnectionEnded(),
                "timeout" => handshake.TimedOut(),
                var other => throw new InvalidOperationException($"Unknown event {other}."),
            };
            AssertStep(step, last);
        }

        if (last?.Session is { } session)
        {
            AssertValues(vector, session, sendsFromViewer: true);
            AssertLearnedHost(vector.Member("values").Member("learned"), session);
            session.Dispose();
        }
    }

    public static CustomerHandshakeOptions CustomerOptions(VectorCase inputs, SupportSecret secret)
    {
        Queue<byte[]> random = new([inputs.Hex("scalar"), inputs.Hex("nonce")]);
        return new CustomerHandshakeOptions
        {
            Secret = secret,
            Nameplate = inputs.Text("nameplate"),
            SidC = inputs.Hex("sidC"),
            Origin = inputs.Text("origin"),
            OrganizationKeys = [.. inputs.HexList("organizationKeys").Select(key => (ReadOnlyMemory<byte>)key)],
            DeniedTechnicians = [.. inputs.HexList("deniedTechnicians").Select(id => (ReadOnlyMemory<byte>)id)],
            Host = new HostIdentity
            {
                TermsId = inputs.Text("termsId"),
                TermsVersion = inputs.Text("termsVersion"),
                ConsentHash = inputs.Hex("termsHash"),
                AcceptanceTime = inputs.Number("acceptanceTime"),
                Ceiling = (Permissions)inputs.Number("ceiling"),
                Application = inputs.Text("application"),
                MachineName = inputs.Text("machineName"),
                UserName = inputs.Text("userName"),
            },
            IsRelative = inputs.Flag("isRelative"),
            Granted = (Permissions)inputs.Number("granted"),
            Supported = Offer(inputs),
            Time = new ManualTime(DateTimeOffset.FromUnixTimeSeconds((long)inputs.Number("now"))),
            Random = destination => random.Dequeue().CopyTo(destination),
        };
    }

    private static TechnicianHandshakeOptions TechnicianOptions(VectorCase vector, VectorCase inputs, SupportSecret secret)
    {
        Queue<byte[]> random = new([inputs.Hex("sidT"), inputs.Hex("scalar"), inputs.Hex("nonce")]);
        return new TechnicianHandshakeOptions
        {
            Secret = secret,
            Nameplate = inputs.Text("nameplate"),
            SidC = inputs.Hex("sidC"),
            Origin = inputs.Text("origin"),
            Certificate = inputs.Hex("certificate"),
            RelativeKeyHash = inputs.Has("organizationKeyHash") ? inputs.Hex("organizationKeyHash") : default(ReadOnlyMemory<byte>),
            Sign = message =>
            {
                if (vector.Has("values"))
                    vector.Member("values").AssertHex("signed", message);
                return inputs.Hex("signature");
            },
            Requested = (Permissions)inputs.Number("requested"),
            Client = inputs.Text("client"),
            Offered = Offer(inputs),
            IsSecondRun = inputs.Flag("secondRun"),
            Random = destination => random.Dequeue().CopyTo(destination),
        };
    }

    private static VersionOffer Offer(VectorCase lists)
    {
        var suites = new WireReader(lists.Hex("suites"));
        var list = new List<ushort>();
        while (suites.Remaining > 0)
            list.Add(suites.ReadU16());
        return new VersionOffer(lists.Hex("versions"), list);
    }

    private static void AssertStep(VectorCase expected, HandshakeStep actual)
    {
        Assert.Equal(expected.Error, actual.Failure?.Name);
        Assert.Equal(
            expected.Has("reply") ? expected.Text("reply") : null,
            actual.Reply is { } reply ? Convert.ToHexStringLower(reply.Span) : null);
        Assert.Equal(expected.Flag("established"), actual.Session is not null);
        Assert.Equal(expected.Has("retry") ? Offer(expected.Member("retry")) : null, actual.Retry);
    }

    private static void AssertLearnedHost(VectorCase learned, EstablishedSession session)
    {
        var host = session.Host;
        Assert.Equal(learned.Text("termsId"), host.TermsId);
        Assert.Equal(learned.Text("termsVersion"), host.TermsVersion);
        learned.AssertHex("termsHash", host.ConsentHash.Span);
        Assert.Equal(learned.Number("acceptanceTime"), host.AcceptanceTime);
        Assert.Equal((Permissions)learned.Number("ceiling"), host.Ceiling);
        Assert.Equal(learned.Text("application"), host.Application);
        Assert.Equal((Permissions)learned.Number("granted"), session.GrantedPermissions);
        Assert.Equal(learned.Text("machineName"), host.MachineName);
        Assert.Equal(learned.Text("userName"), host.UserName);
    }

    private static void AssertValues(VectorCase vector, EstablishedSession session, bool sendsFromViewer)
    {
        var (inputs, values) = (vector.Member("inputs"), vector.Member("values"));
        Assert.Equal(values.Text("checkNumber"), session.CheckNumber);
        values.AssertHex("sessionId", session.SessionId.Span);
        using (var resume = session.Keys.TakeResumeSecret())
            values.AssertHex("resume", resume.Span);
        AssertSealerUses(session, values.Hex(sendsFromViewer ? "trafficTC" : "trafficCT"));
        var steps = vector.List("steps").ToArray();
        var messages = steps.SelectMany(step => StepMessages.Where(step.Has).Select(step.Hex)).ToArray();
        Assert.Equal(4, messages.Length);
        ScheduleVectors.Check(values, new ScheduleRun
        {
            Secret = Encoding.ASCII.GetBytes(inputs.Text("secret")),
            Sid = [.. inputs.Hex("sidC"), .. SidT(messages[0])],
            ScalarT = sendsFromViewer ? inputs.Hex("scalar") : null,
            ScalarC = sendsFromViewer ? null : inputs.Hex("scalar"),
            NonceT = NonceT(values, messages[2]),
            NonceC = NonceC(messages[1]),
            Message1 = messages[0],
            Message2 = messages[1],
            Message3 = messages[2],
            Message4 = messages[3],
        });
    }

    private static void AssertSealerUses(EstablishedSession session, byte[] traffic)
    {
        using var sealer = session.Keys.TakeSealer(new ManualTime(default));
        using var expected = new RecordSealer(
            session.Keys.Self, new SecretBytes(traffic), ChannelTable.Version1, new ManualTime(default));
        byte[] one = new byte[RecordLimits.LargestRecord], other = new byte[RecordLimits.LargestRecord];
        var length = sealer.Seal(Channel.Control, false, [0x16], one);
        Assert.Equal(length, expected.Seal(Channel.Control, false, [0x16], other));
        Assert.Equal(other.AsSpan(0, length), one.AsSpan(0, length));
    }

    private static byte[] SidT(byte[] message1)
    {
        var reader = new WireReader(message1);
        reader.ReadItem(1);
        return reader.ReadItem(HandshakeLimits.SidBytes).ToArray();
    }

    private static byte[] NonceC(byte[] message2) => Message2.Decode(message2).Nonce;

    private static byte[] NonceT(VectorCase values, byte[] message3)
    {
        var message = ConfirmationMessage.Decode3(message3);
        using var cipher = new System.Security.Cryptography.AesGcm(values.Hex("hsKeyT"), KeyDerivation.TagBytes);
        var content = new byte[message.Box.Length - KeyDerivation.TagBytes];
        cipher.Decrypt(
            values.Hex("hsIvT"), message.Box[..content.Length], message.Box[content.Length..], content, message.Tag);
        var reader = new WireReader(content);
        return reader.ReadItem(HandshakeLimits.NonceBytes).ToArray();
    }
}
