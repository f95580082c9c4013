using Nabij.HostApp.Flow;
using Nabij.HostApp.Screens;
using Nabij.HostCore.Rendezvous;
using Nabij.Protocol.People;

namespace Nabij.HostCore.Tests;

/// <summary>The windows about several people in one session, with sample values.</summary>
internal static class HostAppCompanySamples
{
    private static readonly DateTimeOffset Until = DateTimeOffset.UnixEpoch;

    public static readonly CompanyView Several = new([(1, "Peter Jansen"), (2, "Marie de Vries"), (3, "Anna")], "Marie de Vries", [(2, "Marie de Vries")], true);

    public static IEnumerable<(string Name, Screen Screen)> All(Phrases phrases)
    {
        yield return ("invite-come", InviteScreens.Ask(phrases, new CustomerEvent.InviteAsked(1, "Marie de Vries", "", InvitePurpose.ComeAlong)));
        yield return ("invite-take-over", InviteScreens.Ask(phrases, new CustomerEvent.InviteAsked(1, "Marie de Vries", "Mijn dienst is bijna voorbij", InvitePurpose.TakeOver)));
        yield return ("invite-code", InviteScreens.Code(phrases, new CustomerEvent.InviteReady("417902635", Until, "Marie de Vries", ParticipantRole.Technician), ""));
        yield return ("invite-code-relative", InviteScreens.Code(phrases, new CustomerEvent.InviteReady("417902635", Until, "Anna", ParticipantRole.Relative), "hulp.delinde.example/o/delinde/watch"));
        yield return ("invite-relative", InviteScreens.Name(phrases, "Anna", isRefused: true));
        foreach (var why in new[] { InvitationState.Expired, InvitationState.WrongCode, InvitationState.Full, InvitationState.Unavailable })
            yield return ("invite-over-" + why.ToString().ToLowerInvariant(), InviteScreens.Over(phrases, new CustomerEvent.InviteOver(why, "Marie de Vries", ParticipantRole.Technician)));
        yield return ("who-joins", InviteScreens.WhoJoins(phrases.With("technician", "Marie de Vries"), ParticipantRole.Technician, "7195"));
        yield return ("who-joins-over", InviteScreens.WhoJoins(phrases.With("technician", "Marie de Vries"), ParticipantRole.Technician, "7195", "Peter Jansen"));
        yield return ("who-joins-relative", InviteScreens.WhoJoins(phrases.With("technician", "Anna"), ParticipantRole.Relative, "0124"));
    }
}
