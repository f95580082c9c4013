using System.Globalization;
using System.Text.RegularExpressions;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Files;

/// <summary>What our own parts and folders are called, and how they are known again after a crash. No peer can choose such a name for a part.</summary>
internal static partial class PartNames
{
    private const string Ending = ".part";

    public static string Of(string random) => FileName.OwnPrefix + random + Ending;

    public static string FolderOf(string organization, DateOnly date, string random) =>
        string.Create(CultureInfo.InvariantCulture, $"{organization} help {date:yyyy-MM-dd} {random}");

    public static bool IsPart(string name) => Part().IsMatch(name);

    public static bool IsFolder(string name) => name.Length <= FileLimits.ComponentUnits && Folder().IsMatch(name);

    [GeneratedRegex(@"^\.nabij-[0-9a-f]{16}\.part$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Part();

    [GeneratedRegex(@"^.+ help [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9a-f]{8}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Folder();
}
