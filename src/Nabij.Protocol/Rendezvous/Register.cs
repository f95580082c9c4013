using System.Text.Json;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Rendezvous;

/// <summary>REGISTER: a host asks for a nameplate. Peer text in it is text, never markup.</summary>
public sealed record Register : RendezvousMessage
{
    internal const string Name = "register";

    private const int MostNameCharacters = 64;

    private static readonly (RunOutcome Outcome, string Word)[] Outcomes =
    [
        (RunOutcome.None, "none"), (RunOutcome.WrongCode, "wrong-code"),
        (RunOutcome.BrokenOff, "broken-off"), (RunOutcome.Declined, "declined"),
    ];

    private static readonly (BackupAnswer Answer, string Word)[] Answers =
        [(BackupAnswer.Yes, "yes"), (BackupAnswer.No, "no"), (BackupAnswer.Help, "help")];

    // organization, sidC, versions, suites, name, language, platform, program, consent, lease, outcome

    /// <summary>The organization's slug.</summary>
    public required string Organization { get; init; }

    /// <summary>sid_c of the handshake, 16 bytes, fresh for each run.</summary>
    public required ReadOnlyMemory<byte> SidC { get; init; }

    /// <summary>Versions of RS1, falling.</summary>
    public required IReadOnlyList<byte> Versions { get; init; }

    /// <summary>Suites of RS1, falling.</summary>
    public required IReadOnlyList<ushort> Suites { get; init; }

    /// <summary>What the customer wants to be called, 0-64 characters.</summary>
    public required string CustomerName { get; init; }

    /// <summary>Such as nl or nl-BE.</summary>
    public required string Language { get; init; }

    /// <summary>Such as linux-x64.</summary>
    public required string Platform { get; init; }

    /// <summary>Name and version of the program, 1-64 characters.</summary>
    public required string Program { get; init; }

    /// <summary>What the customer agreed to.</summary>
    public required ConsentRecord Consent { get; init; }

    /// <summary>32 bytes of an earlier NAMEPLATE, or null.</summary>
    public required ReadOnlyMemory<byte>? Lease { get; init; }

    /// <summary>How the run before this one ended.</summary>
    public required RunOutcome Outcome { get; init; }

    private protected override string TypeName => Name;

    internal static Register Read(JsonMembers members)
    {
        var outcome = members.Text("outcome", 1, RendezvousMessage.LargestBytes);
        WireReader.Require(Outcomes.Any(pair => pair.Word == outcome), WireError.InvalidValue);
        return new Register
        {
            Organization = RendezvousText.ReadSlug(members, "organization"),
            SidC = members.Hex("sidC", RendezvousText.SidBytes),
            Versions = RendezvousText.ReadVersions(members),
            Suites = RendezvousText.ReadSuites(members),
            CustomerName = members.Text("name", 0, MostNameCharacters),
            Language = RendezvousText.ReadLanguage(members, "language"),
            Platform = RendezvousText.ReadPlatform(members, "platform"),
            Program = members.Text("program", 1, MostNameCharacters),
            Consent = ReadConsent(members.Object("consent")),
            Lease = members.IsNull("lease")
                ? default(ReadOnlyMemory<byte>?)
                : members.Hex("lease", RendezvousText.SecretBytes),
            Outcome = Outcomes.First(pair => pair.Word == outcome).Outcome,
        };
    }

    private protected override void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("organization", Organization);
        RendezvousText.WriteHex(writer, "sidC", SidC);
        RendezvousText.WriteNumbers(writer, "versions", Versions.Select(number => (int)number));
        RendezvousText.WriteNumbers(writer, "suites", Suites.Select(number => (int)number));
        writer.WriteString("name", CustomerName);
        writer.WriteString("language", Language);
        writer.WriteString("platform", Platform);
        writer.WriteString("program", Program);
        WriteConsent(writer);
        if (Lease is { } lease)
            RendezvousText.WriteHex(writer, "lease", lease);
        else
            writer.WriteNull("lease");
        writer.WriteString("outcome", Outcomes.First(pair => pair.Outcome == Outcome).Word);
    }

    // A lease is a secret: it belongs in no log and no exception text.
    /// <inheritdoc/>
    protected override bool PrintMembers(System.Text.StringBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Append("Organization = ").Append(Organization);
        return true;
    }

    private static ConsentRecord ReadConsent(JsonMembers members)
    {
        var backup = members.Text("backup", 1, RendezvousMessage.LargestBytes);
        WireReader.Require(Answers.Any(pair => pair.Word == backup), WireError.InvalidValue);
        return new ConsentRecord
        {
            TermsId = members.Text("termsId", 1, ConsentRecord.NameBytes),
            TermsVersion = members.Text("termsVersion", 1, ConsentRecord.NameBytes),
            Language = RendezvousText.ReadLanguage(members, "language"),
            TermsHash = members.Hex("termsHash", RendezvousText.SecretBytes),
            LicenceHash = members.Hex("licenceHash", RendezvousText.SecretBytes),
            Ticks = (ConsentTicks)members.Number("ticks", byte.MaxValue),
            Backup = Answers.First(pair => pair.Word == backup).Answer,
            Time = members.Number("time", RendezvousText.LargestNumber),
        };
    }

    private void WriteConsent(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("consent");
        writer.WriteString("termsId", Consent.TermsId);
        writer.WriteString("termsVersion", Consent.TermsVersion);
        writer.WriteString("language", Consent.Language);
        RendezvousText.WriteHex(writer, "termsHash", Consent.TermsHash);
        RendezvousText.WriteHex(writer, "licenceHash", Consent.LicenceHash);
        writer.WriteNumber("ticks", (int)Consent.Ticks);
        writer.WriteString("backup", Answers.First(pair => pair.Answer == Consent.Backup).Word);
        writer.WriteNumber("time", Consent.Time);
        writer.WriteEndObject();
    }
}
