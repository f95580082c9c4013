using System.Text.Json;

namespace Nabij.Protocol.Wire;

/// <summary>
/// The members of one JSON object from a peer: required ones are taken by name and exact JSON type, unknown ones are
/// ignored. Which error a wrong length has differs between chapters and is given.
/// </summary>
internal readonly struct JsonMembers
{
    private const int MaximumDepth = 8;

    private readonly JsonElement _object;
    private readonly WireError _lengthError;

    public JsonMembers(JsonElement element, WireError lengthError)
    {
        WireReader.Require(element.ValueKind == JsonValueKind.Object, WireError.InvalidValue);
        (_object, _lengthError) = (element, lengthError);
    }

    /// <summary>Parses strict JSON; the caller disposes. Null when it is not JSON.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> json, bool allowDuplicates)
    {
        var options = new JsonDocumentOptions { MaxDepth = MaximumDepth, AllowDuplicateProperties = true };
        try
        {
            var document = JsonDocument.Parse(json, options);
            if (!allowDuplicates && HasDuplicates(document.RootElement))
            {
                document.Dispose();
                throw new WireFormatException(WireError.InvalidValue);
            }

            return document;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public JsonMembers Object(string name) => new(Member(name, JsonValueKind.Object), _lengthError);

    public bool Has(string name) => _object.TryGetProperty(name, out _);

    public bool IsNull(string name) =>
        _object.TryGetProperty(name, out var element) && element.ValueKind == JsonValueKind.Null;

    /// <summary>Text of so many characters (Unicode code points).</summary>
    public string Text(string name, int minimum, int maximum) => Text(Member(name, JsonValueKind.String), minimum, maximum);

    /// <summary>Lower-case hex of exactly so many bytes.</summary>
    public byte[] Hex(string name, int bytes)
    {
        var text = Text(Member(name, JsonValueKind.String), 2 * bytes, 2 * bytes);
        return LowerHex(text);
    }

    public byte[] HexUpTo(string name, int bytes) => LowerHex(Text(Member(name, JsonValueKind.String), 0, 2 * bytes));

    public ulong Number(string name, ulong maximum, ulong minimum = 0)
    {
        var number = Number(Member(name, JsonValueKind.Number), maximum);
        WireReader.Require(number >= minimum, WireError.InvalidValue);
        return number;
    }

    public ulong[] Numbers(string name, int mostEntries, ulong maximum)
    {
        var list = Member(name, JsonValueKind.Array);
        WireReader.Require(list.GetArrayLength() is > 0 and var count && count <= mostEntries, _lengthError);
        var numbers = new ulong[list.GetArrayLength()];
        var index = 0;
        foreach (var element in list.EnumerateArray())
            numbers[index++] = Number(element, maximum);
        return numbers;
    }

    /// <summary>A list of texts; the entries' own lengths are the caller's.</summary>
    public string[] Texts(string name, int fewestEntries, int mostEntries)
    {
        var list = Member(name, JsonValueKind.Array);
        var texts = new List<string>();
        foreach (var element in list.EnumerateArray())
            texts.Add(Text(element, 0, int.MaxValue));
        WireReader.Require(texts.Count >= fewestEntries && texts.Count <= mostEntries, _lengthError);
        return [.. texts];
    }

    /// <summary>Decodes lower-case hex.</summary>
    public static byte[] LowerHex(string text)
    {
        WireReader.Require(
            text.Length % 2 == 0 && text.All(char.IsAsciiHexDigitLower), WireError.InvalidValue);
        return Convert.FromHexString(text);
    }

    private JsonElement Member(string name, JsonValueKind kind)
    {
        WireReader.Require(
            _object.TryGetProperty(name, out var element) && element.ValueKind == kind, WireError.InvalidValue);
        return element;
    }

    private string Text(JsonElement element, int minimum, int maximum)
    {
        WireReader.Require(element.ValueKind == JsonValueKind.String, WireError.InvalidValue);
        string text;
        try
        {
            text = element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate, written as an escape, is no text.
            throw new WireFormatException(WireError.InvalidText);
        }

        WireReader.Require(!WireText.HasControlCharacters(text, allowLineBreaks: false), WireError.InvalidText);
        var characters = 0;
        foreach (var rune in text.EnumerateRunes())
            characters++;
        WireReader.Require(characters >= minimum && characters <= maximum, _lengthError);
        return text;
    }

    private static ulong Number(JsonElement element, ulong maximum)
    {
        WireReader.Require(
            element.ValueKind == JsonValueKind.Number && element.TryGetUInt64(out var number) && number <= maximum,
            WireError.InvalidValue);
        return element.GetUInt64();
    }

    private static bool HasDuplicates(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().GroupBy(member => member.Name).Any(group => group.Count() > 1)
            || element.EnumerateObject().Any(member => HasDuplicates(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(HasDuplicates),
        _ => false,
    };
}
