using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>
/// Ends the process once everything of ours is put away, without what C runs at an exit: the libraries of the desktop and
/// the runtime take themselves apart there while their own threads still run, which now and then ended in a crash that a
/// customer would have been shown.
/// </summary>
[SupportedOSPlatform("linux")]
internal static partial class ProcessEnd
{
    /// <param name="exitCode">0 to 255.</param>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void Now(int exitCode);
}
