using Nabij.HostCore.Files;
using Nabij.Protocol;
using Nabij.Protocol.People;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Rendezvous;

/// <summary>What the host says of itself in a handshake.</summary>
internal static class HostIdentities
{
    /// <summary>Consent, ceiling and names; a relative may look and nothing else (docs/protocol/13).</summary>
    public static HostIdentity Of(CustomerOptions options, ParticipantRole role)
    {
        var ceiling = options.Files is null ? options.Ceiling & ~FileWays.Both : options.Ceiling;
        return new HostIdentity
        {
            TermsId = options.Consent.TermsId,
            TermsVersion = options.Consent.TermsVersion,
            ConsentHash = options.Consent.Hash(),
            AcceptanceTime = options.Consent.Time,
            Ceiling = role == ParticipantRole.Relative ? ceiling & Permissions.View : ceiling,
            Application = options.Program,
            MachineName = MachineNames.Machine,
            UserName = MachineNames.User,
        };
    }
}
