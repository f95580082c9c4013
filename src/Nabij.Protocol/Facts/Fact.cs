using System.Text;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Facts;

/// <summary>
/// One fact about the customer's computer, with its values in the order of the table (docs/protocol/12-system-information.md,
/// "The list"). Always within the table's limits.
/// </summary>
public sealed class Fact
{
    private readonly ulong[] _numbers;

    /// <summary>Makes a fact.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="text">1 byte or more where the table has a text; else empty.</param>
    /// <param name="numbers">As many as the table has.</param>
    /// <exception cref="ArgumentException">The values are not what the table allows.</exception>
    public Fact(FactKind kind, string text, params ReadOnlySpan<ulong> numbers)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shape = FactShape.Find(kind) ?? throw new ArgumentOutOfRangeException(nameof(kind));
        var length = Encoding.UTF8.GetByteCount(text);
        var isText = shape.LongestText == 0 ? length == 0 : length >= 1 && length <= shape.LongestText;
        if (!isText || WireText.HasControlCharacters(text, allowLineBreaks: false))
            throw new ArgumentException("Not a text that this fact may have.", nameof(text));
        if (!AreWithin(shape, numbers))
            throw new ArgumentException("Not numbers that this fact may have.", nameof(numbers));
        (Kind, Text, _numbers) = (kind, text, numbers.ToArray());
    }

    /// <summary>
    /// A fact of what a computer says about itself: the text without control characters, cut to the table's length. Null when
    /// that leaves nothing, or the numbers are not what the table allows.
    /// </summary>
    public static Fact? TryMake(FactKind kind, string text, params ReadOnlySpan<ulong> numbers)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (FactShape.Find(kind) is not { } shape || !AreWithin(shape, numbers))
            return null;
        var fitted = Fit(text, shape.LongestText);
        return shape.LongestText > 0 && fitted.Length == 0 ? null : new Fact(kind, fitted, numbers);
    }

    /// <summary>Which one.</summary>
    public FactKind Kind { get; }

    /// <summary>Empty where the table has none. From a peer it is peer text.</summary>
    public string Text { get; }

    /// <summary>In the table's order.</summary>
    public IReadOnlyList<ulong> Numbers => _numbers;

    internal static Fact Read(ref WireReader reader)
    {
        var kind = (FactKind)reader.ReadU8();
        var shape = FactShape.Find(kind) ?? throw new WireFormatException(WireError.InvalidValue);
        var text = shape.LongestText > 0 ? reader.ReadText(1, shape.LongestText) : "";
        var numbers = new ulong[shape.Numbers.Count];
        for (var index = 0; index < numbers.Length; index++)
        {
            var range = shape.Numbers[index];
            numbers[index] = Read(ref reader, range.Bytes);
            WireReader.Require(numbers[index] >= range.Least && numbers[index] <= range.Most, WireError.InvalidValue);
        }

        WireReader.Require(AreWithin(shape, numbers), WireError.InvalidValue);
        return new Fact(kind, text, numbers);
    }

    internal void Write(ref WireWriter writer)
    {
        var shape = FactShape.Find(Kind)!;
        writer.WriteU8((byte)Kind);
        if (shape.LongestText > 0)
            writer.WriteText(Text, shape.LongestText);
        for (var index = 0; index < _numbers.Length; index++)
            Write(ref writer, shape.Numbers[index].Bytes, _numbers[index]);
    }

    private static string Fit(string text, int longest)
    {
        var kept = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || Rune.IsControl(rune))
                continue;
            bytes += rune.Utf8SequenceLength;
            if (bytes > longest)
                break;
            kept.Append(rune);
        }

        return kept.ToString().Trim(' ', '\ufeff');
    }

    private static bool AreWithin(FactShape shape, ReadOnlySpan<ulong> numbers)
    {
        if (numbers.Length != shape.Numbers.Count)
            return false;
        for (var index = 0; index < numbers.Length; index++)
        {
            if (numbers[index] < shape.Numbers[index].Least || numbers[index] > shape.Numbers[index].Most)
                return false;
        }

        return !shape.IsSecondPartOfFirst || numbers[1] <= numbers[0];
    }

    private static ulong Read(ref WireReader reader, int bytes) => bytes switch
    {
        1 => reader.ReadU8(),
        2 => reader.ReadU16(),
        4 => reader.ReadU32(),
        _ => reader.ReadU64(),
    };

    private static void Write(ref WireWriter writer, int bytes, ulong value)
    {
        if (bytes == 1)
            writer.WriteU8((byte)value);
        else if (bytes == 2)
            writer.WriteU16((ushort)value);
        else if (bytes == 4)
            writer.WriteU32((uint)value);
        else
            writer.WriteU64(value);
    }
}
