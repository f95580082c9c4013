using System.Security.Cryptography;
using System.Text;
using Nabij.HostCore.Session;
using Nabij.HostCore.Tests.Picture;
using Nabij.Protocol;
using Nabij.Protocol.Chat;
using Nabij.Protocol.Clipboard;
using Nabij.Protocol.Control;
using Nabij.Protocol.Drawing;
using Nabij.Protocol.Facts;
using Nabij.Protocol.Files;
using Nabij.Protocol.Input;
using Nabij.Protocol.People;
using Nabij.Protocol.Rendezvous;
using Nabij.Protocol.Screen;
using Nabij.Protocol.Session;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Tests.Session;

/// <summary>
/// The server and a technician in one, programmable: answers REGISTER, pairs, runs the technician's handshake, and then
/// sends and takes whatever the test says. Messages are taken when asked for, so a test can let them wait.
/// </summary>
internal sealed class TechnicianPeer(MemoryTransport road, TestOrganization organization, TimeProvider time)
{
    private readonly byte[] buffer = new byte[RecordLimits.LargestRecord];
    private readonly List<Channel> channels = [];
    private RecordSealer? sealer;
    private RecordOpener? opener;

    public Register Registration { get; private set; } = null!;

    /// <summary>What the host said on a socket for one more participant.</summary>
    public RegisterParticipant Guest { get; private set; } = null!;

    /// <summary>As whom it comes.</summary>
    public TestGuest As { get; init; }

    public EstablishedSession Session { get; private set; } = null!;

    public List<ControlMessage> Heard { get; } = [];

    /// <summary>What came of the customer's log: its key and heads, apart from what else was heard.</summary>
    public List<ControlMessage> OfLog { get; } = [];

    /// <summary>What came on the chat channel.</summary>
    public List<ChatMessage> Chat { get; } = [];

    /// <summary>What came on the people channel.</summary>
    public List<PeopleMessage> People { get; } = [];

    /// <summary>What came on the files channel and nobody has taken.</summary>
    public Queue<FileMessage> Files { get; } = new();

    /// <summary>A record waits to be taken, or the end.</summary>
    public bool HasArrived => road.HasArrived;

    /// <summary>What came on the clipboard channel.</summary>
    public List<ClipboardMessage> Clipboard { get; } = [];

    /// <summary>What came on the facts channel.</summary>
    public List<FactsMessage> Facts { get; } = [];

    public TestViewer? Viewer { get; set; }

    public int ScreenRecords { get; private set; }

    /// <summary>The channel of each record that was taken, in order.</summary>
    public IReadOnlyList<Channel> Channels
    {
        get { lock (channels) return [.. channels]; }
    }

    public bool IsClosed { get; private set; }

    /// <summary>What the host closed with; null before, and when the connection broke off.</summary>
    public int? CloseCode { get; private set; }

    /// <summary>Takes REGISTER and gives this nameplate.</summary>
    public async Task GiveNameplateAsync(string nameplate, DateTimeOffset? clock = null)
    {
        var arrival = await road.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        Assert.Equal(ArrivalKind.Text, arrival.Kind);
        Registration = (Register)RendezvousMessage.DecodeFromHost(buffer.AsSpan(0, arrival.Length));
        var given = new NameplateGiven
        {
            Nameplate = nameplate, Lease = new byte[32], SecretSeconds = 600, NameplateSeconds = 3600,
            Time = (ulong)(clock ?? time.GetUtcNow()).ToUnixTimeSeconds(),
        };
        await road.SendTextAsync(given.Encode(), TestContext.Current.CancellationToken);
    }

    /// <summary>Takes PARTICIPANT and gives this nameplate.</summary>
    public async Task GiveGuestNameplateAsync(string nameplate)
    {
        var arrival = await road.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        Assert.Equal(ArrivalKind.Text, arrival.Kind);
        Guest = (RegisterParticipant)RendezvousMessage.DecodeFromHost(buffer.AsSpan(0, arrival.Length));
        var given = new NameplateGiven
        {
            Nameplate = nameplate, Lease = new byte[32], SecretSeconds = 600, NameplateSeconds = 3600, Time = (ulong)time.GetUtcNow().ToUnixTimeSeconds(),
        };
        await road.SendTextAsync(given.Encode(), TestContext.Current.CancellationToken);
    }

    public Task RefuseAsync(RefusalReason reason, ulong retryAfterSeconds = 0) =>
        road.SendTextAsync(new Refused(reason, retryAfterSeconds).Encode(), TestContext.Current.CancellationToken).AsTask();

    public Task SendTextAsync(string text) => road.SendTextAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken).AsTask();

    /// <summary>The server closes the socket with a code.</summary>
    public void CloseWith(SocketCloseCode code) => road.Close((int)code);

    /// <summary>What the server gives the host with PAIRED, made from the registration.</summary>
    public Func<Register, byte[]>? Receipt { get; init; }

    public Task PairAsync() => road.SendTextAsync(new PairedHost
    {
        Session = new byte[16], Cookie = new byte[Resume.CookieBytes], ResumeSeconds = 300, Receipt = (As == TestGuest.None ? Receipt?.Invoke(Registration!) : null) ?? [],
    }.Encode(), TestContext.Current.CancellationToken).AsTask();

    /// <summary>Pairs and proves these nine digits; false when the host says no.</summary>
    public async Task<bool> ConnectAsync(string digits, Permissions requested = Permissions.All & ~(Permissions.Elevate | Permissions.Record))
    {
        await PairAsync();
        using var handshake = Handshake(digits, requested);
        await SendRawAsync(handshake.Start().Reply!.Value);
        for (var i = 0; i < 2; i++)
        {
            var arrival = await road.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            if (arrival.Kind != ArrivalKind.Binary) return false;
            var step = handshake.Receive(buffer.AsSpan(0, arrival.Length));
            if (step.Failure is not null) return false;
            if (step.Reply is { } reply) await SendRawAsync(reply);
            if (step.Session is not { } session) continue;
            Session = session;
            (sealer, opener) = (session.Keys.TakeSealer(time), session.Keys.TakeOpener());
            return true;
        }
        return false;
    }

    /// <summary>Takes RESUME, the first message of a socket after a loss.</summary>
    public async Task<Resume> TakeResumeAsync()
    {
        var arrival = await road.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        Assert.Equal(ArrivalKind.Text, arrival.Kind);
        return (Resume)RendezvousMessage.DecodeFromHost(buffer.AsSpan(0, arrival.Length));
    }

    /// <summary>The server's word that the other side is not there yet, or that both are.</summary>
    public Task AnswerResumeAsync(RendezvousMessage message) => road.SendTextAsync(message.Encode(), TestContext.Current.CancellationToken).AsTask();

    /// <summary>REJOINED, R1 and R2; the keys are there, and nothing was said under them yet.</summary>
    public async Task ShakeHandsAgainAsync(ResumeSecrets secrets, params LastMessageId[] heard)
    {
        await AnswerResumeAsync(new Rejoined { Session = new byte[16] });
        using var viewer = new ResumeViewer(secrets, secrets.Generations[^1]);
        await SendRawAsync(viewer.Start(heard));
        var arrival = await road.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        Assert.Equal(ArrivalKind.Binary, arrival.Kind);
        var resumed = viewer.Finish(buffer.AsSpan(0, arrival.Length));
        (sealer, opener) = (resumed.Keys.TakeSealer(time), resumed.Keys.TakeOpener());
    }

    /// <summary>As far as RESUMED from both sides; the host has said what is in force.</summary>
    public async Task ComeBackAsync(ResumeSecrets secrets, params LastMessageId[] heard)
    {
        await TakeResumeAsync();
        await ShakeHandsAgainAsync(secrets, heard);
        await SendAsync(new Resumed());
        await HearAsync<Resumed>();
        secrets.Confirm(secrets.Generations[^1]);
    }

    /// <summary>Sends MSG1, takes MSG2 and goes away.</summary>
    public async Task BreakOffAsync(string digits)
    {
        await PairAsync();
        using var handshake = Handshake(digits, Permissions.View);
        await SendRawAsync(handshake.Start().Reply!.Value);
        await road.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        road.Abort();
    }

    public Task SendRawAsync(ReadOnlyMemory<byte> message) => road.SendAsync(message, TestContext.Current.CancellationToken).AsTask();

    public async Task SendAsync(Channel channel, ReadOnlyMemory<byte> payload)
    {
        var record = new byte[RecordLimits.LargestRecord];
        if (sealer!.IsEpochOld || sealer.IsEpochFull) await SendRawAsync(record.AsMemory(0, sealer.SealKeyUpdate(record)));
        await SendRawAsync(record.AsMemory(0, sealer.Seal(channel, false, payload.Span, record)));
    }

    public Task SendAsync(ControlMessage message) => SendAsync(Channel.Control, message.Encode());

    public Task SendAsync(params InputMessage[] messages) => SendAsync(Channel.Input, InputMessage.EncodeBatch(messages));

    public Task SendAsync(FeedbackMessage message) => SendAsync(Channel.Feedback, message.Encode());

    public Task SendAsync(PeopleMessage message) => SendAsync(Channel.People, message.Encode());

    public Task SendAsync(FactsMessage message) => SendAsync(Channel.Facts, message.Encode());

    public Task SendAsync(DrawingMessage message) => SendAsync(Channel.Drawing, message.Encode());

    public Task SendAsync(ChatMessage message) => SendAsync(Channel.Chat, message.Encode());

    public Task SendAsync(FileMessage message) => SendAsync(Channel.Files, message.Encode());

    public Task SendAsync(ClipboardMessage message) => SendAsync(Channel.Clipboard, message.Encode());

    /// <summary>Takes records until so many messages of the clipboard have come; the newest of them.</summary>
    public async Task<ClipboardMessage> HearClipboardAsync(int count)
    {
        while (Clipboard.Count < count) Assert.True(await TakeAsync(), "the connection ended before the clipboard's message came");
        return Clipboard[count - 1];
    }

    /// <summary>Takes records until so many messages of the chat have come.</summary>
    public async Task<IReadOnlyList<ChatMessage>> HearChatAsync(int count)
    {
        while (Chat.Count < count) Assert.True(await TakeAsync(), "the connection ended before the chat came");
        return Chat;
    }

    /// <summary>Takes records until a message of the people channel has come that is so.</summary>
    public async Task<T> HearPeopleAsync<T>(Func<T, bool>? isSo = null) where T : PeopleMessage
    {
        while (true)
        {
            if (People.OfType<T>().LastOrDefault() is { } newest && isSo?.Invoke(newest) != false) return newest;
            Assert.True(await TakeAsync(), $"the connection ended before {typeof(T).Name} came");
        }
    }

    /// <summary>Takes records until so many messages of the facts channel have come.</summary>
    public async Task<IReadOnlyList<FactsMessage>> HearFactsAsync(int count)
    {
        while (Facts.Count < count) Assert.True(await TakeAsync(), "the connection ended before the answer came");
        return Facts;
    }

    /// <summary>Takes records until a control message of this kind has come.</summary>
    public async Task<T> HearAsync<T>() where T : ControlMessage
    {
        var taken = 0;
        while (true)
        {
            for (; taken < Heard.Count; taken++)
                if (Heard[taken] is T wanted) return wanted;
            Assert.True(await TakeAsync(), $"the connection ended before {typeof(T).Name} came");
        }
    }

    /// <summary>Takes records until a head of the log has come that was not countersigned yet, and countersigns it as a technician's page does.</summary>
    public async Task<LogHead> CountersignAsync(uint later = 0)
    {
        LogHead? head;
        while ((head = OfLog.OfType<LogHead>().LastOrDefault(one => one.Entry > later)) is null)
            Assert.True(await TakeAsync(), "the connection ended before a head came");
        var key = OfLog.OfType<LogKey>().First().Key;
        var signed = new byte[256];
        var length = Signed(signed, Session.SessionId.Span, key.Span, head.Head.Span);
        await SendAsync(new Countersigned(head.Entry, organization.Sign(signed.AsSpan(0, length))));
        return head;
    }

    private static int Signed(Span<byte> destination, ReadOnlySpan<byte> session, ReadOnlySpan<byte> key, ReadOnlySpan<byte> head)
    {
        var writer = new WireWriter(destination);
        writer.WriteItem("RS1 log countersignature"u8);
        writer.WriteItem(session);
        writer.WriteItem(key);
        writer.WriteItem(head);
        return writer.Written;
    }

    /// <summary>Takes the first layout with its first update, and says that it has painted it.</summary>
    public async Task PaintFirstAsync()
    {
        while (ScreenRecords < 2) Assert.True(await TakeAsync(), "the connection ended before a picture came");
        await SendAsync(new Presented(1, 1, 0, 0));
    }

    /// <summary>Takes records until the host closes the connection.</summary>
    public async Task HearEndAsync()
    {
        while (await TakeAsync())
        {
        }
    }

    /// <summary>Takes one record; false when the connection is over.</summary>
    public async Task<bool> TakeAsync()
    {
        var arrival = await road.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        if (arrival.Kind != ArrivalKind.Binary)
        {
            IsClosed = true;
            CloseCode = arrival.Kind == ArrivalKind.Closed ? arrival.CloseCode : null;
            return false;
        }
        Open(arrival.Length);
        return true;
    }

    private void Open(int length)
    {
        var record = opener!.Open(buffer.AsSpan(0, length));
        lock (channels) channels.Add(record.Channel);
        if (record.Channel == Channel.Control) Hear(ControlMessage.Decode(record.Payload, Party.Host));
        if (record.Channel == Channel.Screen) ScreenRecords++;
        if (record.Channel == Channel.People) People.Add(PeopleMessage.Decode(record.Payload, Party.Host));
        if (record.Channel == Channel.Facts) Facts.Add(FactsMessage.Decode(record.Payload, Party.Host));
        if (record.Channel == Channel.Chat) Chat.Add(ChatMessage.Decode(record.Payload, Party.Host));
        if (record.Channel == Channel.Files) Files.Enqueue(FileMessage.Decode(record.Payload, Party.Host));
        if (record.Channel == Channel.Clipboard) Clipboard.Add(ClipboardMessage.Decode(record.Payload, Party.Host));
        if (record.Channel is Channel.Screen or Channel.Cursor) Viewer?.Accept(record.Channel, record.Payload, record.HasMore);
        if (Heard.Count > 0 && Heard[^1] is Stopped or Revoke) Viewer?.Forget();
    }

    private void Hear(ControlMessage message) => (message is LogKey or LogHead ? OfLog : Heard).Add(message);

    private TechnicianHandshake Handshake(string digits, Permissions requested)
    {
        var nameplate = digits[..(digits[0] <= '7' ? 3 : 4)];
        return new TechnicianHandshake(new TechnicianHandshakeOptions
        {
            Secret = SupportSecret.FromDigits(Encoding.ASCII.GetBytes(digits[nameplate.Length..])), Nameplate = nameplate,
            SidC = As == TestGuest.None ? Registration.SidC : Guest.SidC, Origin = TestOrganization.Origin,
            Certificate = As switch { TestGuest.Relative => default, TestGuest.Colleague => organization.ColleagueCertificate, _ => organization.Certificate },
            RelativeKeyHash = SHA256.HashData(organization.Document.Keys[0].Span),
            Sign = message => As == TestGuest.Colleague ? organization.SignAsColleague(message) : organization.Sign(message),
            Requested = As == TestGuest.Relative ? requested & Permissions.View : requested, Client = "peer/1",
        });
    }
}
