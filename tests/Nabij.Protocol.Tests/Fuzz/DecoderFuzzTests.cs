using Nabij.Protocol.Chat;
using Nabij.Protocol.Clipboard;
using Nabij.Protocol.Control;
using Nabij.Protocol.Drawing;
using Nabij.Protocol.Facts;
using Nabij.Protocol.People;
using Nabij.Protocol.Files;
using Nabij.Protocol.Input;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Rendezvous;
using Nabij.Protocol.Screen;
using Nabij.Protocol.Session;
using Nabij.Protocol.Tests.Vectors;

namespace Nabij.Protocol.Tests.Fuzz;

/// <summary>
/// Mutated good bytes into every decoder: each answers with a value or one of the declared errors, and what it accepts it
/// encodes to the very same bytes where there is one encoding.
/// </summary>
[Trait("Invariant", "4")]
[Trait("Campaign", "decoders")]
public sealed class DecoderFuzzTests
{
    private const int FullMutations = 60_000;

    private static readonly Dictionary<string, (Func<byte[], byte[]?> Decode, Func<IEnumerable<byte[]>> Seeds)> Decoders = new()
    {
        ["control from the host"] = (bytes => ControlMessage.Decode(bytes, Party.Host).Encode(), ControlSeeds),
        ["control from the viewer"] = (bytes => ControlMessage.Decode(bytes, Party.Viewer).Encode(), ControlSeeds),
        ["screen"] = (bytes => ScreenMessage.Decode(bytes).Encode(), ScreenSeeds),
        ["cursor"] = (bytes => CursorMessage.Decode(bytes).Encode(), CursorSeeds),
        ["feedback"] = (bytes => FeedbackMessage.Decode(bytes).Encode(), FeedbackSeeds),
        ["input"] = (bytes => InputMessage.EncodeBatch([.. InputMessage.DecodeBatch(bytes)]), InputSeeds),
        ["chat"] = (bytes => ChatMessage.Decode(bytes, Party.Host).Encode(), ChatSeeds),
        ["people from the host"] = (bytes => PeopleMessage.Decode(bytes, Party.Host).Encode(), () => Good("people.json")),
        ["people from the viewer"] = (bytes => PeopleMessage.Decode(bytes, Party.Viewer).Encode(), () => Good("people.json")),
        ["clipboard from the host"] = (bytes => ClipboardMessage.Decode(bytes, Party.Host).Encode(), ClipboardSeeds),
        ["clipboard from the viewer"] = (bytes => ClipboardMessage.Decode(bytes, Party.Viewer).Encode(), ClipboardSeeds),
        ["copied text"] = (bytes => CopiedText.Form(CopiedText.Read(bytes)), () => ["Good\tmorning\n😀"u8.ToArray()]),
        ["drawing"] = (bytes => DrawingMessage.Decode(bytes).Encode(), () => Good("drawing.json")),
        ["facts from the host"] = (bytes => FactsMessage.Decode(bytes, Party.Host).Encode(), () => Good("facts.json")),
        ["facts from the viewer"] = (bytes => FactsMessage.Decode(bytes, Party.Viewer).Encode(), () => Good("facts.json")),
        ["files from the host"] = (bytes => FileMessage.Decode(bytes, Party.Host).Encode(), FileSeeds),
        ["files from the viewer"] = (bytes => FileMessage.Decode(bytes, Party.Viewer).Encode(), FileSeeds),
        ["certificate"] = (bytes => TechnicianCertificate.Decode(bytes).Encoded.ToArray(), () => [Session.TestRun.Certificate]),
        ["MSG1"] = (bytes => Message1.Decode(bytes, isRelative: false).Encoded, () => HandshakeSeeds(0)),
        ["MSG2"] = (bytes => Message2.Decode(bytes).Encoded, () => HandshakeSeeds(1)),
        ["R1"] = (bytes => ResumeMessage.Decode(bytes, HandshakeMessageType.R1).Encoded, () => ResumeSeeds("r1")),
        ["R2"] = (bytes => ResumeMessage.Decode(bytes, HandshakeMessageType.R2).Encoded, () => ResumeSeeds("r2")),
        ["organization document"] = (bytes => Nothing(OrganizationDocument.Open(bytes)), DocumentSeeds),
        ["organization block"] = (bytes => Nothing(OrganizationBlock.Find(bytes).ToArray()), BlockSeeds),
        ["rendezvous, from a host"] = (bytes => Nothing(RendezvousMessage.DecodeFromHost(bytes)), RendezvousSeeds),
        ["rendezvous, from a viewer"] = (bytes => Nothing(RendezvousMessage.DecodeFromViewer(bytes)), RendezvousSeeds),
        ["rendezvous, for a host"] = (bytes => Nothing(RendezvousMessage.DecodeForHost(bytes)), RendezvousSeeds),
        ["rendezvous, for a viewer"] = (bytes => Nothing(RendezvousMessage.DecodeForViewer(bytes)), RendezvousSeeds),
    };

    public static IEnumerable<TheoryDataRow<string>> Names() => Decoders.Keys.Select(name => new TheoryDataRow<string>(name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_bytes_give_a_value_or_a_declared_error(string name)
    {
        var (decode, seeds) = Decoders[name];
        var good = seeds().ToArray();
        Assert.NotEmpty(good);
        var mutations = Campaign.Size(FullMutations);
        for (var mutation = 0; mutation < mutations; mutation++)
        {
            var random = new SeededRandom(Campaign.Seed + (ulong)mutation);
            var bytes = Mutator.Mutate(random.Pick(good), good, random);
            try
            {
                byte[]? encoded = null;
                if (Refusals.NameOf(() => encoded = decode(bytes)) is null && encoded is not null)
                    Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(encoded));
            }
            catch (Exception undeclared)
            {
                Assert.Fail($"{name}, seed {Campaign.Seed}, mutation {mutation}, {Convert.ToHexString(bytes)}: {undeclared}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Good_bytes_cut_anywhere_give_a_value_or_a_declared_error(string name)
    {
        var (decode, seeds) = Decoders[name];
        foreach (var good in seeds().Take(Campaign.Size(200)))
        {
            for (var length = 0; length < Math.Min(good.Length, 4096); length++)
                Refusals.NameOf(() => decode(good[..length]));
        }
    }

    private static byte[]? Nothing(object value) => value is null ? [] : null;

    private static IEnumerable<byte[]> ControlSeeds() => new ControlMessage[]
    {
        new KeyUpdate(), new Close(EndReason.CustomerEnded), new Resumed(), new Grant(1, Permissions.View),
        new Revoke(2, Permissions.None), new Stopped(3, StopReason.PrivateMoment, Permissions.Chat), new LocalInput(), new Continued(4, Permissions.View | Permissions.Pointer),
        new Ask(Permissions.Keyboard), new Declined(5, Permissions.Keyboard), new Keepalive(),
        new PictureKept(new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11])), new PictureNoted(Guid.Empty),
        new LogHead(1, new byte[32]), new Countersigned(4096, new byte[64]),
    }.Select(message => message.Encode());

    private static IEnumerable<byte[]> ScreenSeeds() => new ScreenMessage[]
    {
        new Layout(1, 1920, 1080, [new Display(0, 0, 1920, 1080, "HDMI-1")]),
        new Layout(2, 64, 48, [new Display(0, 0, 32, 48, ""), new Display(32, 0, 32, 48, "Bürø")]),
        new Update(1, 7, UpdateFlags.Last | UpdateFlags.Echo, 123_456_789, 1, new byte[40]),
        new Check(1, 7, ulong.MaxValue),
    }.Select(message => message.Encode());

    private static IEnumerable<byte[]> CursorSeeds() => new CursorMessage[]
    {
        new CursorShape(3, 2, 1, 1, new byte[24]), new CursorPosition(10, 20, true), new CursorHidden(),
    }.Select(message => message.Encode());

    private static IEnumerable<byte[]> FeedbackSeeds() =>
        new FeedbackMessage[] { new Presented(1, 2, 3, 4), new Repair(1) }.Select(message => message.Encode());

    private static IEnumerable<byte[]> InputSeeds()
    {
        InputMessage[] messages =
        [
            new PointerMove(1, 2), new PointerButton(1, 2, PointerButtonName.Right, true), new Wheel(1, 2, -120, 3600),
            new Key(true, false, "KeyA", "å", KeyModifiers.Shift, KeyLocks.NumLock), new TextEntered("tab\tand\nline"),
            new ReleaseAll(), new Held(),
        ];
        return messages.Select(message => message.Encode()).Append(InputMessage.EncodeBatch(messages));
    }

    private static IEnumerable<byte[]> ClipboardSeeds() =>
        new ClipboardMessage[]
        {
            new ClipboardText(1, 0, 5, "Hello"u8.ToArray()), new ClipboardText(2, 9, 40, "Hello"u8.ToArray()), new ClipboardMore(2, "world"u8.ToArray()),
            new ClipboardTaken(2, 10), new ClipboardRequest(3), new ClipboardAnswer(3, ClipboardOutcome.Empty),
        }.Select(message => message.Encode());

    private static IEnumerable<byte[]> ChatSeeds() =>
        new ChatMessage[] { new ChatLine(1, "Good\tmorning\n😀"), new ChatDelivered(2), new ChatSeen(3) }.Select(message => message.Encode());

    private static IEnumerable<byte[]> FileSeeds() => Good("files.json");

    private static IEnumerable<byte[]> Good(string file) =>
        VectorFolder.Files[file].Where(vector => vector.Error is null).Select(vector => vector.Hex("hex"));

    private static IEnumerable<byte[]> HandshakeSeeds(int index) => VectorFolder.Files["handshake.json"]
        .Where(vector => vector.Kind == "customer" && vector.Has("values"))
        .Select(vector => vector.List("steps").SelectMany(step => new[] { step.Hex("hex"), step.Hex("reply") }).ElementAt(index));

    private static IEnumerable<byte[]> ResumeSeeds(string name) =>
        VectorFolder.Files["resume.json"].Where(vector => vector.Error is null && vector.Has(name)).Select(vector => vector.Hex(name));

    private static IEnumerable<byte[]> DocumentSeeds() => VectorFolder.Files["organization.json"]
        .Where(vector => vector.Kind == "document").Select(vector => vector.Hex("hex")).Where(bytes => bytes.Length < 5000).Take(40);

    private static IEnumerable<byte[]> BlockSeeds() => VectorFolder.Files["organization.json"]
        .Where(vector => vector.Kind == "block").Select(vector => vector.Hex("hex")).Where(bytes => bytes.Length < 8000);

    private static IEnumerable<byte[]> RendezvousSeeds() => Rendezvous.RendezvousMessageTests.Samples.Select(message => message.Encode());
}
