using System.Globalization;
using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>
/// The runtime opens a socket file for debugging tools in the folder for temporary files, and leaves it there when
/// the program is killed. Nobody is to look into this program's memory by it, and nothing is to stay behind: the
/// file goes as soon as the program runs. (The runtime reads its switch for this from the environment only.)
/// </summary>
[SupportedOSPlatform("linux")]
internal static class DiagnosticSocket
{
    public static void Remove()
    {
        var pattern = string.Create(CultureInfo.InvariantCulture, $"dotnet-diagnostic-{Environment.ProcessId}-*-socket");
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), pattern))
                File.Delete(file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be read holds nothing of ours.
        }
    }
}
