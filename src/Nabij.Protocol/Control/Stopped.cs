using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Control;

/// <summary>
/// STOPPED: the session is held. Of what is granted only <paramref name="Kept"/> is in force until CONTINUED. Not an
/// end (CLOSE).
/// </summary>
public sealed record Stopped(uint Number, StopReason Reason, Permissions Kept = Permissions.None) : ControlMessage
{
    /// <summary>The most that can be kept: what shows nothing of the screen and touches nothing on it.</summary>
    public const Permissions MostKept = Permissions.FilesToHost | Permissions.FilesFromHost | Permissions.Chat;

    // number u32, reason u8 1-4, kept u32
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.Stopped;

    internal static Stopped Read(ref WireReader reader)
    {
        var number = ReadNumber(ref reader);
        var reason = reader.ReadU8();
        WireReader.Require(reason is >= (byte)StopReason.Stop and <= (byte)StopReason.Locked, WireError.InvalidValue);
        var kept = (Permissions)reader.ReadU32();
        WireReader.Require((kept & ~MostKept) == 0, WireError.InvalidValue);
        return new Stopped(number, (StopReason)reason, kept);
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Number);
        writer.WriteU8((byte)Reason);
        writer.WriteU32((uint)Kept);
    }
}
