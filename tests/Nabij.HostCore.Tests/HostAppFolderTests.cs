using System.Runtime.Versioning;
using Nabij.HostApp.Linux;

namespace Nabij.HostCore.Tests;

/// <summary>Where received files go is where the person's desktop keeps downloads.</summary>
[SupportedOSPlatform("linux")]
public sealed class HostAppFolderTests : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("nabij-home-").FullName;

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Theory]
    [InlineData("XDG_DOWNLOAD_DIR=\"$HOME/Binnengehaald\"", "Binnengehaald")]
    [InlineData("# a remark\nXDG_DESKTOP_DIR=\"$HOME/Bureaublad\"", "Downloads")]
    [InlineData("XDG_DOWNLOAD_DIR=\"$HOME/\"", "Downloads")]
    [InlineData("XDG_DOWNLOAD_DIR=\"elsewhere\"", "Downloads")]
    [InlineData("", "Downloads")]
    public void The_desktops_own_list_decides(string list, string expected)
    {
        Directory.CreateDirectory(Path.Combine(home, ".config"));
        File.WriteAllText(Path.Combine(home, ".config", "user-dirs.dirs"), list);
        Assert.Equal(Path.Combine(home, expected), UserFolders.Downloads(home, null)?.TrimEnd('/'));
        Assert.True(Directory.Exists(Path.Combine(home, expected)));
    }

    [Fact]
    public void Who_has_no_home_gets_no_files() => Assert.Null(UserFolders.Downloads("", null));
}
