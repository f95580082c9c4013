using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Rendezvous;

/// <summary>The forms of text and numbers that several rendezvous messages share.</summary>
internal static partial class RendezvousText
{
    public const ulong LargestNumber = (1UL << 53) - 1;
    public const int SecretBytes = 32;
    public const int SidBytes = 16;
    public const int SessionBytes = 16;
    public const ulong ShortestResumeSeconds = 60, LongestResumeSeconds = 900;

    private const int MostEntries = 16;

    public static string ReadSlug(JsonMembers members, string name) => ReadPattern(members, name, SlugPattern(), 40);

    public static string ReadLanguage(JsonMembers members, string name) =>
        ReadPattern(members, name, LanguagePattern(), 5);

    public static string ReadPlatform(JsonMembers members, string name) =>
        ReadPattern(members, name, PlatformPattern(), 32);

    public static string ReadNameplate(JsonMembers members, string name)
    {
        var text = members.Text(name, 1, 4);
        WireReader.Require(Nameplate.IsValid(text), WireError.InvalidValue);
        return text;
    }

    public static byte[] ReadVersions(JsonMembers members) =>
        [.. ReadFalling(members, "versions", byte.MaxValue).Select(number => (byte)number)];

    public static ushort[] ReadSuites(JsonMembers members) =>
        [.. ReadFalling(members, "suites", ushort.MaxValue).Select(number => (ushort)number)];

    public static ulong ReadResumeSeconds(JsonMembers members) =>
        members.Number("resumeSeconds", LongestResumeSeconds, ShortestResumeSeconds);

    /// <summary>What a message that holds a cookie may print of itself.</summary>
    public static bool PrintSession(StringBuilder builder, ReadOnlyMemory<byte> session)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Append("Session = ").Append(Convert.ToHexStringLower(session.Span));
        return true;
    }

    public static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<int> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    public static void WriteHex(Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> bytes) =>
        writer.WriteString(name, Convert.ToHexStringLower(bytes.Span));

    private static ulong[] ReadFalling(JsonMembers members, string name, ulong maximum)
    {
        var numbers = members.Numbers(name, MostEntries, maximum);
        for (var index = 1; index < numbers.Length; index++)
            WireReader.Require(numbers[index] < numbers[index - 1], WireError.InvalidValue);
        return numbers;
    }

    private static string ReadPattern(JsonMembers members, string name, Regex pattern, int most)
    {
        var text = members.Text(name, 1, most);
        WireReader.Require(pattern.IsMatch(text), WireError.InvalidValue);
        return text;
    }

    [GeneratedRegex(@"\A[a-z0-9](-?[a-z0-9])*\z", RegexOptions.CultureInvariant)]
    private static partial Regex SlugPattern();

    [GeneratedRegex(@"\A[a-z]{2}(-[A-Z]{2})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex LanguagePattern();

    [GeneratedRegex(@"\A[a-z0-9-]{1,32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlatformPattern();
}
