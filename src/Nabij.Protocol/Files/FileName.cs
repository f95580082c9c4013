using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Nabij.Protocol.Files;

/// <summary>
/// The rules of docs/protocol/08-files.md, "Names": what a peer calls a file or folder is taken as it is or refused,
/// never repaired. vectors/names.json holds this against the viewer's src/protocol/file-names.ts.
/// </summary>
public static class FileName
{
    /// <summary>How our own parts begin.</summary>
    public const string OwnPrefix = ".nabij-";

    private static readonly SearchValues<char> ForbiddenCharacters = SearchValues.Create("/\\:*?\"<>|");

    private static readonly FrozenSet<string> Devices = MakeDevices().ToFrozenSet(StringComparer.Ordinal);

    private static ReadOnlySpan<(int First, int Last)> Invisible =>
        new (int, int)[]
        {
            (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180E, 0x180E), (0x200B, 0x200F),
            (0x2028, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB),
            (0xFDD0, 0xFDEF), (0xE0000, 0xE00FF),
        };

    /// <summary>Judges one component; the first rule that it breaks, or None.</summary>
    public static NameRefusal Judge(string component)
    {
        ArgumentNullException.ThrowIfNull(component);
        if (component.Length == 0) return NameRefusal.Empty;
        if (HasLoneSurrogate(component)) return NameRefusal.Surrogate;
        if (component.Length > FileLimits.ComponentUnits || Encoding.UTF8.GetByteCount(component) > FileLimits.ComponentBytes)
            return NameRefusal.TooLong;
        if (component.Any(char.IsControl)) return NameRefusal.Control;
        if (component.AsSpan().IndexOfAny(ForbiddenCharacters) >= 0) return NameRefusal.Character;
        foreach (var rune in component.EnumerateRunes())
            if (IsInvisible(rune.Value)) return NameRefusal.Invisible;
        if (component is "." or "..") return NameRefusal.Dots;
        if (component[^1] is '.' or ' ') return NameRefusal.Ending;
        if (Devices.Contains(Lower(component).Split('.')[0].TrimEnd(' '))) return NameRefusal.Device;
        if (Lower(component).StartsWith(OwnPrefix, StringComparison.Ordinal)) return NameRefusal.Own;
        return CanonicalForm.IsComposed(component) ? NameRefusal.None : NameRefusal.NotComposed;
    }

    // ASCII only, and so the same in every language.
    private static string Lower(string text) =>
        string.Concat(text.Select(character => char.IsAsciiLetterUpper(character) ? (char)(character + 32) : character));

    private static bool HasLoneSurrogate(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index])) continue;
            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1])) return true;
            index++;
        }

        return false;
    }

    private static bool IsInvisible(int point)
    {
        if ((point & 0xFFFE) == 0xFFFE) return true;
        foreach (var (first, last) in Invisible)
            if (point >= first && point <= last) return true;
        return false;
    }

    private static IEnumerable<string> MakeDevices()
    {
        string[] names = ["con", "prn", "aux", "nul", "conin$", "conout$"], ports = ["com", "lpt"];
        return names.Concat(from port in ports from digit in "0123456789¹²³" select port + digit);
    }
}
