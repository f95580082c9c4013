using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Facts;

/// <summary>FACTS: the list, as the customer saw it, 1 to 48 facts in the order of the table.</summary>
public sealed record FactsGiven : FactsMessage
{
    /// <summary>Most facts in one list.</summary>
    public const int Most = 48;

    /// <summary>Most of DISK, and most of DISPLAY; every other fact stands once.</summary>
    public const int MostOfOne = FactShape.MostDisks;

    // count u8, count x (fact u8, value)
    /// <summary>Takes over a list.</summary>
    /// <exception cref="ArgumentException">Empty, too long, out of order, or a fact too often.</exception>
    public FactsGiven(uint number, IReadOnlyList<Fact> facts)
        : base(number)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Count is 0 or > Most || !IsInOrder(facts))
            throw new ArgumentException("Not a list of facts as the chapter has it.", nameof(facts));
        Facts = facts;
    }

    /// <summary>In the order of the table.</summary>
    public IReadOnlyList<Fact> Facts { get; }

    /// <inheritdoc/>
    public override FactsMessageType Type => FactsMessageType.Facts;

    internal static FactsGiven Read(uint number, ref WireReader reader)
    {
        var count = reader.ReadU8();
        WireReader.Require(count is >= 1 and <= Most, WireError.InvalidValue);
        var facts = new Fact[count];
        for (var index = 0; index < count; index++)
        {
            facts[index] = Fact.Read(ref reader);
            WireReader.Require(IsInOrder(facts.AsSpan(0, index + 1)), WireError.InvalidValue);
        }

        return new FactsGiven(number, facts);
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU8((byte)Facts.Count);
        foreach (var fact in Facts)
            fact.Write(ref writer);
    }

    private static bool IsInOrder(IReadOnlyList<Fact> facts) => IsInOrder([.. facts]);

    private static bool IsInOrder(ReadOnlySpan<Fact> facts)
    {
        var same = 0;
        for (var index = 0; index < facts.Length; index++)
        {
            if (index > 0 && facts[index].Kind < facts[index - 1].Kind)
                return false;
            same = index > 0 && facts[index].Kind == facts[index - 1].Kind ? same + 1 : 1;
            if (same > FactShape.Find(facts[index].Kind)!.Most)
                return false;
        }

        return true;
    }
}
