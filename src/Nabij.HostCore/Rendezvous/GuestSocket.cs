using Nabij.HostCore.Session;
using Nabij.Protocol.People;
using Nabij.Protocol.Rendezvous;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Rendezvous;

/// <summary>What the host says on a socket for one more participant (docs/protocol/01, PARTICIPANT).</summary>
internal static class GuestSocket
{
    /// <summary>PARTICIPANT, for a run of this session that is going on.</summary>
    public static RegisterParticipant Message(PairedHost run, ReadOnlyMemory<byte> sidC, ParticipantRole role) => new()
    {
        Session = run.Session,
        Cookie = run.Cookie,
        SidC = sidC,
        Versions = VersionOffer.Own.Versions,
        Suites = VersionOffer.Own.Suites,
        Role = role,
    };

    /// <summary>The run by which the server knows the session: a technician's that is there, else one that is waited for.</summary>
    public static PairedHost? FindRun(HostSession session)
    {
        var technicians = session.Participants.Where(one => one is { IsTechnician: true, Run: not null }).ToList();
        return (technicians.Find(one => one.Lost is null) ?? technicians.FirstOrDefault())?.Run;
    }
}
