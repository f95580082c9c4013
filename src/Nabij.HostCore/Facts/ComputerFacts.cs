using Nabij.HostCore.Linux;
using Nabij.HostCore.Picture;
using Nabij.Protocol.Facts;

namespace Nabij.HostCore.Facts;

/// <summary>The fixed list of facts about this computer (docs/protocol/12), as far as its system tells them.</summary>
public static class ComputerFacts
{
    private const ulong UsualScale = 100; // percent

    /// <summary>Reads the list anew; takes some milliseconds, and starts no program.</summary>
    /// <param name="displays">The displays of the desktop.</param>
    /// <param name="program">Version of the program.</param>
    public static IReadOnlyList<Fact> Read(IReadOnlyList<DesktopDisplay> displays, string program)
    {
        var list = new FactList();
        if (OperatingSystem.IsLinux()) new LinuxFacts("/").AddTo(list);
        else list.Add(FactKind.System, Environment.OSVersion.VersionString);
        list.Add(FactKind.ComputerName, Environment.MachineName);
        list.Add(FactKind.Uptime, "", (ulong)Environment.TickCount64 / 60_000);
        list.Add(FactKind.TimeZone, TimeZoneInfo.Local.Id);
        list.Add(FactKind.Program, program);
        var scale = OperatingSystem.IsLinux() ? X11Scale.Read() : UsualScale;
        foreach (var display in displays) list.Add(FactKind.Display, "", (ulong)display.Area.Width, (ulong)display.Area.Height, scale);
        return list.Facts;
    }
}
