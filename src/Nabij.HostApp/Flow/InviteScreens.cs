using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;
using Nabij.HostCore.Rendezvous;
using Nabij.Protocol.People;

namespace Nabij.HostApp.Flow;

/// <summary>The windows about one more participant. Pure: phrases and what happened in, a value out.</summary>
internal static class InviteScreens
{
    public const string NameId = "name";

    private const int MostName = 40, MostReason = 200;

    /// <summary>May a colleague come along, or take over?</summary>
    public static Screen Ask(Phrases phrases, CustomerEvent.InviteAsked asked)
    {
        var named = phrases.With("guest", PeerText.Name(asked.Name));
        var kind = asked.Purpose == InvitePurpose.TakeOver ? "take-over" : "come";
        var reason = PeerText.Lines(asked.Reason, MostReason);
        return new Screen(
            "invite",
            phrases.Title,
            [
                .. phrases.Strips(),
                new Words("heading", named[$"invite.{kind}.heading"], WordsRole.Heading),
                .. reason.Length == 0 ? Array.Empty<Part>() : [new Words("reason", named.With("reason", reason)["invite.reason"], WordsRole.Question)],
                new Words("body", named[$"invite.{kind}.body"]),
                new Words("next", named["invite.next"], WordsRole.Calm),
            ],
            [new Press("no", phrases["invite.no"]), new Press("yes", named["invite.yes"], PressWeight.Primary) { Guarded = true }]);
    }

    /// <summary>The code for the one who may come.</summary>
    /// <param name="phrases">The texts.</param>
    /// <param name="ready">The code.</param>
    /// <param name="address">Where a relative goes with it.</param>
    public static Screen Code(Phrases phrases, CustomerEvent.InviteReady ready, string address)
    {
        var kind = ready.Role == ParticipantRole.Relative ? "relative" : "colleague";
        var named = phrases.With("guest", PeerText.Name(ready.Name)).With("address", address);
        return new Screen(
            "invite-code",
            phrases.Title,
            [
                .. phrases.Strips(),
                new Words("heading", named[$"invite-code.{kind}.heading"], WordsRole.Heading),
                CodeText.Part(ready.Digits, phrases),
                new Words("spoken", phrases.With("spoken", CodeText.Spoken(ready.Digits, phrases))["code.spoken"]),
                new Words("body", named[$"invite-code.{kind}.body"]),
                new Words("until", named["invite-code.until"], WordsRole.Small),
            ],
            [new Press("withdraw", phrases["invite-code.withdraw"])]);
    }

    /// <summary>Nobody came, and why.</summary>
    public static Screen Over(Phrases phrases, CustomerEvent.InviteOver over)
    {
        var named = phrases.With("guest", PeerText.Name(over.Name));
        return new Screen(
            "invite-over",
            phrases.Title,
            [
                .. phrases.Strips(),
                new Words("heading", named["invite-over.heading"], WordsRole.Heading),
                new Words("why", named["invite-over." + KeyOf(over.Why)]),
                new Words("calm", named["invite-over.calm"], WordsRole.Calm),
            ],
            [new Press("close", phrases["press.close"], PressWeight.Primary)]);
    }

    /// <summary>Whom does the customer invite to watch?</summary>
    public static Screen Name(Phrases phrases, string typed, bool isRefused) => new(
        "invite-relative",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["invite-relative.heading"], WordsRole.Heading),
            new Words("body", phrases["invite-relative.body"]),
            new Entry(NameId, phrases["invite-relative.name"], typed, MostName) { Error = isRefused ? phrases["invite-relative.busy"] : null },
        ],
        [new Press("no", phrases["invite-relative.no"]), new Press("invite", phrases["invite-relative.yes"], PressWeight.Primary) { Guarded = true }]);

    /// <summary>One more has proven the code: may that one look?</summary>
    /// <param name="phrases">The texts, with the newcomer's name as the technician's.</param>
    /// <param name="role">What the newcomer is.</param>
    /// <param name="checkNumber">Four digits that both people may compare.</param>
    /// <param name="leaver">Who helped before and has left; null while somebody else helps.</param>
    public static Screen WhoJoins(Phrases phrases, ParticipantRole role, string checkNumber, string? leaver = null)
    {
        var kind = role == ParticipantRole.Relative ? "relative" : leaver is null ? "colleague" : "over";
        phrases = phrases.With("leaver", leaver ?? string.Empty);
        return new Screen(
            "who-joins",
            phrases.Title,
            [
                .. phrases.Strips(),
                new Words("heading", phrases[$"joins.{kind}.heading"], WordsRole.Heading),
                role == ParticipantRole.Relative
                    ? new Words("verified", phrases["joins.relative.unverified"], WordsRole.Warning)
                    : phrases.Shop is { Verified: true }
                        ? new Words("verified", phrases["who.verified"], WordsRole.Calm)
                        : new Words("verified", phrases["who.unverified"], WordsRole.Warning),
                new Words("body", phrases[$"joins.{kind}.body"]),
                new Words("check-number", phrases.With("number", checkNumber)["who.number"], WordsRole.Number)
                {
                    Spoken = phrases.With("spoken", CodeText.SpokenOneByOne(checkNumber, phrases))["who.number.spoken"],
                },
                new Words("compare", phrases["who.number.body"], WordsRole.Small),
            ],
            [
                new Press("differ", phrases["who.differ"], PressWeight.Danger),
                new Press("no", phrases["who.no"]),
                new Press("yes", phrases["who.yes"], PressWeight.Primary) { Guarded = true },
            ]);
    }

    private static string KeyOf(InvitationState why) => why switch
    {
        InvitationState.WrongCode => "wrong-code",
        InvitationState.Full => "full",
        InvitationState.Expired => "expired",
        _ => "unavailable",
    };
}
