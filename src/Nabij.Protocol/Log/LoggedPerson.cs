using Nabij.Protocol.People;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Log;

/// <summary>Who was let in, in the customer's log (docs/protocol/10-customer-log.md, JOINED).</summary>
/// <param name="Role">A technician or a relative.</param>
/// <param name="TechnicianId">16 bytes of the certificate; zeros for a relative.</param>
/// <param name="Name">The certified name, or what the customer calls the relative; 1-64 bytes.</param>
public sealed record LoggedPerson(ParticipantRole Role, ReadOnlyMemory<byte> TechnicianId, string Name)
{
    internal const int LeastBytes = 1 + IdBytes + 2 + 1, MostBytes = 1 + IdBytes + 2 + PeopleLimits.NameBytes;

    private const int IdBytes = 16;

    /// <summary>As the detail of an entry.</summary>
    public byte[] Encode()
    {
        var writer = new WireWriter(stackalloc byte[MostBytes]);
        writer.WriteU8((byte)Role);
        if (Role == ParticipantRole.Relative) writer.WriteBytes(stackalloc byte[IdBytes]);
        else writer.WriteBytes(TechnicianId.Span);
        writer.WriteText(Name, PeopleLimits.NameBytes);
        return writer.Bytes.ToArray();
    }

    internal static LoggedPerson Decode(ReadOnlySpan<byte> detail)
    {
        var reader = new WireReader(detail);
        var role = (ParticipantRole)reader.ReadU8();
        WireReader.Require(Enum.IsDefined(role), WireError.InvalidValue);
        var technician = reader.ReadBytes(IdBytes).ToArray();
        WireReader.Require(role == ParticipantRole.Technician || !technician.AsSpan().ContainsAnyExcept((byte)0), WireError.InvalidValue);
        var name = reader.ReadText(1, PeopleLimits.NameBytes);
        reader.RequireEnd();
        return new LoggedPerson(role, technician, name);
    }
}
