using System.Text;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Rendezvous;
using Nabij.Protocol.Tests.Vectors;

namespace Nabij.Protocol.Tests.Rendezvous;

/// <summary>Rendezvous messages as the server and the host use them, apart from the vectors.</summary>
public sealed class RendezvousMessageTests
{
    internal static readonly Register Register = new()
    {
        Organization = "voorbeeld",
        SidC = new byte[16],
        Versions = [1],
        Suites = [1],
        CustomerName = "Jan \"de\" Vries <b>",
        Language = "nl-BE",
        Platform = "linux-x64",
        Program = "nabij/0.1.0",
        Consent = new ConsentRecord
        {
            TermsId = "terms",
            TermsVersion = "2026-01",
            Language = "nl",
            TermsHash = new byte[32],
            LicenceHash = new byte[32],
            Ticks = ConsentTicks.Terms | ConsentTicks.Licence,
            Backup = BackupAnswer.Help,
            Time = 1_790_000_000,
        },
        Lease = null,
        Outcome = RunOutcome.WrongCode,
    };

    internal static IReadOnlyList<RendezvousMessage> Samples { get; } =
    [
        Register,
        Register with { Lease = new byte[32], CustomerName = "" },
        new NameplateGiven { Nameplate = "417", Lease = new byte[32], SecretSeconds = 600, NameplateSeconds = 3600, Time = 1 },
        new Join { Ticket = new byte[32], Nameplate = "8123" },
        new PairedHost { Session = new byte[16], Cookie = new byte[80], ResumeSeconds = 300 },
        new PairedViewer { SidC = new byte[16], Versions = [2, 1], Suites = [1], Session = new byte[16], Cookie = new byte[80], ResumeSeconds = 60 },
        new Resume { Session = new byte[16], Cookie = new byte[80] },
        new Waiting(299),
        new Rejoined { Session = new byte[16] },
        new Refused(RefusalReason.Limited, 900),
    ];

    [Fact]
    public void What_a_host_sends_the_server_reads_back()
    {
        var read = Assert.IsType<Register>(RendezvousMessage.DecodeFromHost((Register with { Lease = new byte[32] }).Encode()));
        Assert.Equal("Jan \"de\" Vries <b>", read.CustomerName);
        Assert.Equal(Register.Consent.Hash(), read.Consent.Hash());
        Assert.Equal(RunOutcome.WrongCode, read.Outcome);
        Assert.Equal(32, read.Lease?.Length);
        Assert.Null(Assert.IsType<Register>(RendezvousMessage.DecodeFromHost(Register.Encode())).Lease);
    }

    [Fact]
    public void Each_reason_of_a_refusal_comes_back()
    {
        foreach (var reason in Enum.GetValues<RefusalReason>())
            Assert.Equal(new Refused(reason, 5), RendezvousMessage.DecodeForViewer(new Refused(reason, 5).Encode()));
    }

    [Fact]
    public void Nobody_takes_a_message_that_is_meant_for_another()
    {
        Assert.Equal("UnknownType", Refusals.NameOf(() => RendezvousMessage.DecodeFromHost(Samples[3].Encode())));
        Assert.Equal("UnknownType", Refusals.NameOf(() => RendezvousMessage.DecodeFromViewer(Register.Encode())));
        Assert.Equal("UnknownType", Refusals.NameOf(() => RendezvousMessage.DecodeForViewer(Samples[2].Encode())));
    }

    [Theory]
    [InlineData("""{"type":"join","ticket":1,"nameplate":"417"}""", "InvalidValue")]
    [InlineData("""{"type":"join","nameplate":"417"}""", "InvalidValue")]
    [InlineData("""{"type":"join","type":"join","nameplate":"417"}""", "InvalidValue")]
    [InlineData("""["join"]""", "InvalidValue")]
    [InlineData("""{"type":"join",}""", "InvalidText")]
    [InlineData("""{"type":"jump"}""", "UnknownType")]
    [InlineData("", "InvalidText")]
    public void A_message_that_breaks_a_rule_is_refused_by_name(string json, string error) =>
        Assert.Equal(error, Refusals.NameOf(() => RendezvousMessage.DecodeFromViewer(Encoding.UTF8.GetBytes(json))));

    [Fact]
    [Trait("Invariant", "4")]
    public void A_message_of_more_than_4096_bytes_is_refused_before_it_is_read()
    {
        var padded = Encoding.UTF8.GetBytes("{\"type\":\"join\"}" + new string(' ', 4096));
        Assert.Equal("LengthOutOfRange", Refusals.NameOf(() => RendezvousMessage.DecodeFromViewer(padded)));
    }

    [Fact]
    [Trait("Invariant", "12")]
    public void Leases_tickets_and_cookies_do_not_appear_in_the_text_of_a_message()
    {
        var secret = Enumerable.Repeat((byte)0xab, 32).ToArray();
        RendezvousMessage[] messages =
        [
            Register with { Lease = secret }, new Join { Ticket = secret, Nameplate = "417" },
            new NameplateGiven { Nameplate = "417", Lease = secret, SecretSeconds = 1, NameplateSeconds = 1, Time = 1 },
            new PairedHost { Session = new byte[16], Cookie = secret, ResumeSeconds = 300 }, new Resume { Session = new byte[16], Cookie = secret },
            new PairedViewer { SidC = new byte[16], Versions = [1], Suites = [1], Session = new byte[16], Cookie = secret, ResumeSeconds = 300 },
        ];
        Assert.All(messages, message => Assert.DoesNotContain("abab", message.ToString(), StringComparison.OrdinalIgnoreCase));
    }
}
