using System.Text.Json;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Rendezvous;

/// <summary>REFUSED: the join or the registration cannot be done; the socket closes after it.</summary>
public sealed record Refused(RefusalReason Reason, ulong RetryAfterSeconds) : RendezvousMessage
{
    internal const string Name = "refused";

    private static readonly RefusalReason[] Reasons = Enum.GetValues<RefusalReason>();

    // reason, retryAfterSeconds (0 when waiting does not help)
    private protected override string TypeName => Name;

    internal static Refused Read(JsonMembers members)
    {
        var word = members.Text("reason", 1, RendezvousMessage.LargestBytes);
        var index = Array.FindIndex(Reasons, reason => Word(reason) == word);
        WireReader.Require(index >= 0, WireError.InvalidValue);
        return new Refused(Reasons[index], members.Number("retryAfterSeconds", RendezvousText.LargestNumber));
    }

    private protected override void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("reason", Word(Reason));
        writer.WriteNumber("retryAfterSeconds", RetryAfterSeconds);
    }

    private static string Word(RefusalReason reason) => reason switch
    {
        RefusalReason.Unknown => "unknown",
        RefusalReason.Busy => "busy",
        RefusalReason.Limited => "limited",
        RefusalReason.Organization => "organization",
        RefusalReason.Ticket => "ticket",
        RefusalReason.Full => "full",
        RefusalReason.Outdated => "outdated",
        RefusalReason.Unavailable => "unavailable",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
