using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Input;

/// <summary>
/// KEY: a key went down or up. <paramref name="Code"/> is the physical key and <paramref name="Value"/> what the
/// technician's layout makes of it (W3C UI Events names); either may be empty when unknown.
/// </summary>
public sealed record Key(
    bool IsDown, bool IsRepeat, string Code, string Value, KeyModifiers Modifiers, KeyLocks Locks) : InputMessage
{
    private const int TextBytes = 32;

    // down u8, repeat u8, code text<32>, key text<32>, modifiers u8, locks u8
    /// <inheritdoc/>
    public override InputMessageType Type => InputMessageType.Key;

    internal static Key Read(ref WireReader reader)
    {
        var isDown = reader.ReadFlag();
        var isRepeat = reader.ReadFlag();
        var code = reader.ReadText(0, TextBytes);
        WireReader.Require(code.All(char.IsAsciiLetterOrDigit), WireError.InvalidText);
        var value = reader.ReadText(0, TextBytes);
        var (modifiers, locks) = ((KeyModifiers)reader.ReadU8(), (KeyLocks)reader.ReadU8());
        WireReader.Require(modifiers <= KeyModifiers.All && locks <= KeyLocks.All, WireError.InvalidValue);
        return new Key(isDown, isRepeat, code, value, modifiers, locks);
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteFlag(IsDown);
        writer.WriteFlag(IsRepeat);
        writer.WriteText(Code, TextBytes);
        writer.WriteText(Value, TextBytes);
        writer.WriteU8((byte)Modifiers);
        writer.WriteU8((byte)Locks);
    }

    // What was typed belongs in no log and no exception text.
    protected override bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append(IsDown ? "down" : "up");
        return true;
    }
}
