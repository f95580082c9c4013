using System.Globalization;
using Nabij.HostCore.Files;

namespace Nabij.HostApp.Flow;

/// <summary>The ids of a file's parts and presses, and the way back from them. Pure.</summary>
internal static class FileParts
{
    private const string Hold = "hold", GoOn = "go-on", Cancel = "cancel";

    public static string IdOf(FileOnItsWay file) => string.Create(CultureInfo.InvariantCulture, $"{FileWords.WayOf(file)}-{file.Id}");

    public static string HoldOf(FileOnItsWay file) => $"{Hold} {IdOf(file)}";

    public static string GoOnOf(FileOnItsWay file) => $"{GoOn} {IdOf(file)}";

    public static string CancelOf(FileOnItsWay file) => $"{Cancel} {IdOf(file)}";

    /// <summary>Carries out a press of a file; false when it is none.</summary>
    public static bool TryDo(string press, FilesNow now, FileExchange files)
    {
        var words = press.Split(' ');
        if (words.Length != 2 || now.Files.FirstOrDefault(one => one.Id != 0 && IdOf(one) == words[1]) is not { } file)
            return false;
        switch (words[0])
        {
            case Hold:
                files.Hold(file.Way, file.Id);
                return true;
            case GoOn:
                files.LetGo(file.Way, file.Id);
                return true;
            case Cancel:
                files.Cancel(file.Way, file.Id);
                return true;
            default:
                return false;
        }
    }
}
