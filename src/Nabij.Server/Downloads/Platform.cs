using Nabij.Server.HelpPage;

namespace Nabij.Server.Downloads;

/// <summary>A kind of computer that a customer's program exists for, or will.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="FileName">The program in DIR/downloads, and the name it is saved under.</param>
/// <param name="Device">The visitors it is for.</param>
public sealed record Platform(string Name, string FileName, Device Device)
{
    public static IReadOnlyList<Platform> All { get; } =
    [
        new("linux-x64", "nabij-linux-x64", Device.Linux),
        new("win-x64", "nabij-win-x64.exe", Device.Windows),
    ];
}
