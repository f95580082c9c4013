using System.Runtime.Versioning;
using System.Security.Cryptography;
using Nabij.HostCore.Files;

namespace Nabij.HostCore.Tests.Files;

/// <summary>What is taken out of the way comes back as it was, and never over something else.</summary>
[SupportedOSPlatform("linux")]
public sealed class SafetyCopiesTests : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("nabij-copies-").FullName;
    private readonly ManualTimeProvider clock = new();
    private readonly SafetyCopies copies;

    public SafetyCopiesTests() => copies = new SafetyCopies(Path.Combine(home, "kept"), clock, RandomNumberGenerator.Fill);

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public void A_kept_file_is_gone_from_its_place_and_comes_back_to_it()
    {
        var path = Write("letter.txt", "old");
        var copy = copies.Keep(path);
        Assert.False(File.Exists(path));
        Assert.Equal(copy.OriginalPath, Assert.Single(copies.List()).OriginalPath);
        Assert.Equal(path, copies.PutBack(copies.List()[0]));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Empty(copies.List());
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(home, "kept")));
    }

    [Fact]
    public void A_file_goes_in_the_place_of_another_that_can_come_back()
    {
        var (target, source) = (Write("letter.txt", "old"), Write("letter (2).txt", "new"));
        var copy = copies.Replace(source, target);
        Assert.Equal("new", File.ReadAllText(target));
        Assert.False(File.Exists(source));
        File.Delete(target);
        Assert.Equal(target, copies.PutBack(copy));
        Assert.Equal("old", File.ReadAllText(target));
    }

    [Fact]
    public void What_cannot_be_replaced_stays_as_it_was()
    {
        var target = Write("letter.txt", "old");
        Assert.Throws<TransferException>(() => copies.Replace(Path.Combine(home, "gone.txt"), target));
        Assert.Equal("old", File.ReadAllText(target));
        Assert.Empty(copies.List());
        var folder = Directory.CreateDirectory(Path.Combine(home, "folder")).FullName;
        Assert.Throws<TransferException>(() => copies.Replace(target, folder));
        Assert.Equal("old", File.ReadAllText(target));
    }

    [Fact]
    public void Putting_back_never_replaces_what_stands_there_now()
    {
        var path = Write("letter.txt", "old");
        copies.Keep(path);
        Write("letter.txt", "new");
        Assert.Equal(Path.Combine(home, "letter (2).txt"), copies.PutBack(copies.List()[0]));
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal("old", File.ReadAllText(Path.Combine(home, "letter (2).txt")));
    }

    [Fact]
    public void A_copy_stays_thirty_days_and_not_longer()
    {
        copies.Keep(Write("first", "1"));
        clock.Advance(TimeSpan.FromDays(29));
        copies.Keep(Write("second", "2"));
        Assert.Equal(0, copies.RemoveExpired());
        clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        Assert.Equal(1, copies.RemoveExpired());
        Assert.EndsWith("second", Assert.Single(copies.List()).OriginalPath, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_and_folders_are_not_taken_and_a_missing_folder_keeps_the_copy()
    {
        File.CreateSymbolicLink(Path.Combine(home, "link"), Write("target", "t"));
        Directory.CreateDirectory(Path.Combine(home, "folder"));
        foreach (var name in new[] { "link", "folder", "none" })
            Assert.Throws<TransferException>(() => copies.Keep(Path.Combine(home, name)));
        copies.Keep(Write("folder/x", "x"));
        Directory.Delete(Path.Combine(home, "folder"));
        Assert.Throws<TransferException>(() => copies.PutBack(copies.List()[0]));
        Assert.Single(copies.List());
    }

    private string Write(string name, string content)
    {
        File.WriteAllText(Path.Combine(home, name), content);
        return Path.Combine(home, name);
    }
}
