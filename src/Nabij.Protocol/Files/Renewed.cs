using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Files;

/// <summary>RENEWED: the next offers, so many, are all that the sender still sends.</summary>
public sealed record Renewed(uint Round, int Offers) : FileMessage
{
    // round u32, offers u16
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Renewed;

    private protected override int FieldBytes => sizeof(uint) + sizeof(ushort);

    internal static Renewed Read(ref WireReader reader)
    {
        var round = ReadNumber(ref reader);
        int offers = reader.ReadU16();
        WireReader.Require(offers <= FileLimits.MostOffers, WireError.InvalidValue);
        return new Renewed(round, offers);
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Round);
        writer.WriteU16((ushort)Offers);
    }
}
