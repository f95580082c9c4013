using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Tests.Files;

/// <summary>Paths that a hostile technician may offer: every name of vectors/names.json that travels at all, and ways out of a folder.</summary>
internal static class HostileNames
{
    private static readonly string[][] WaysOut =
    [
        [".."], ["..", "outside.txt"], ["a", "..", "..", "outside.txt"], ["../outside.txt"], ["..\\outside.txt"], ["/etc/passwd"], ["~"], ["~root", "x"],
        ["."], [".", "x"], ["a/../../outside.txt"], ["C:\\x"], ["\\\\server\\share"], ["x:stream"], ["x::$DATA"], [".nabij-0011.part"], ["CON"], ["con.txt", "x"],
        ["a\0b"], ["a\nb"], ["outside.txt"], ["Downloads"], ["$HOME"], ["`id`"], ["; rm -rf"], ["-rf"], ["--help"], ["a|b"], ["a%2fb"], ["..%2f"],
        ["same"], ["same"], ["same"], ["same", "inner"], ["folder", "x"], ["folder"], ["folder", "x"], ["FOLDER", "x"], ["e\u0301"], ["\u00e9"],
    ];

    public static IReadOnlyList<string[]> All()
    {
        var travels = Vectors().Where(name => name.Length > 0 && IsText(name) && Encoding.UTF8.GetByteCount(name) <= FileLimits.ComponentBytes);
        return [.. WaysOut.Where(path => path.All(IsText)), .. travels.Select(name => new[] { name })];
    }

    /// <summary>Every name of vectors/names.json, taken and refused.</summary>
    public static IEnumerable<string> Vectors()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Nabij.slnx"))) folder = folder.Parent;
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder.FullName, "vectors", "names.json")));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray()
            .Select(one => Convert.FromHexString(one.GetProperty("units").GetString()!))
            .Select(units => new string([.. units.Chunk(2).Select(unit => (char)BinaryPrimitives.ReadUInt16BigEndian(unit))]))];
    }

    // A lone surrogate, or what chapter 00 does not let into a text, never reaches the names.
    private static bool IsText(string name)
    {
        try
        {
            FileMessage.Decode(new Offer(1, 1, 0, 0, [name]).Encode(), Nabij.Protocol.Party.Viewer);
            return true;
        }
        catch (Exception refused) when (refused is Nabij.Protocol.Wire.WireFormatException or ArgumentException)
        {
            return false;
        }
    }
}
