using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Tests.Files;

/// <summary>Files of a technician on the customer's real disk: in one folder, whole or not at all, and nothing replaced.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class ReceivedFilesTests : IDisposable
{
    private readonly ArrivalFolder place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public void No_name_of_the_corpus_leads_out_of_the_folder_or_over_another_file()
    {
        var (refused, taken) = (0, 0);
        foreach (var name in HostileNames.Vectors())
        {
            foreach (var path in new string[][] { [name], ["folder", name], [name, "file.txt"], ["a", "b", "c", "d", "e", "f", "g", name] })
            {
                if (FileName.Judge(name) != NameRefusal.None)
                {
                    Assert.Equal(TransferReason.NameRefused, ArrivalFolder.ReasonOf(() => place.Store.Begin(place.Offer(1, path))));
                    refused++;
                    continue;
                }
                if (path[0] == name && path.Length == 2) continue; // that name is a file by now
                var (first, second) = (place.Receive([1], path), place.Receive([2], path));
                Assert.NotEqual(first, second);
                var folder = Path.Combine([place.Root, .. path[..^1]]);
                Assert.Equal([1], File.ReadAllBytes(Path.Combine(folder, first)));
                Assert.Equal([2], File.ReadAllBytes(Path.Combine(folder, second)));
                taken++;
            }
        }
        Assert.True(refused >= 4 * 300, $"only {refused} refused");
        Assert.True(taken > 100);
        var beside = place.Everything().Where(path => !path.StartsWith("Downloads/De Computerwinkel help 2026-11-22 ", StringComparison.Ordinal));
        Assert.Equal(["Downloads", "outside.txt"], beside);
        Assert.Equal("mine", File.ReadAllText(place.Outside));
        Assert.DoesNotContain(place.Everything(), path => path.EndsWith(".part", StringComparison.Ordinal) && path.Contains(".nabij-", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_has_its_name_only_when_it_is_whole()
    {
        var content = RandomNumberGenerator.GetBytes(100_000);
        var file = place.Store.Begin(place.Offer(content.Length, "a", "photo.jpg"));
        file.Write(content.AsSpan(0, 50_000));
        Assert.Equal(TransferReason.Mismatch, ArrivalFolder.ReasonOf(() => file.Finish(new FileHash(SHA256.HashData(content)))));
        Assert.False(File.Exists(Path.Combine(place.Root, "a", "photo.jpg")));
        file.Write(content.AsSpan(50_000));
        Assert.Equal(TransferReason.Mismatch, ArrivalFolder.ReasonOf(() => file.Finish(FileHash.OfNothing)));
        Assert.Equal("photo.jpg", file.Finish(new FileHash(SHA256.HashData(content))));
        var path = Path.Combine(place.Root, "a", "photo.jpg");
        Assert.Equal(content, File.ReadAllBytes(path));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000).UtcDateTime, File.GetLastWriteTimeUtc(path));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute));
        Assert.Equal([path], Directory.GetFiles(Path.Combine(place.Root, "a")));
    }

    [Fact]
    public void A_taken_name_gets_a_number_before_its_ending()
    {
        Assert.Equal("a.txt", place.Receive([1], "a.txt"));
        Assert.Equal("a (2).txt", place.Receive([2], "a.txt"));
        Assert.Equal("a (3).txt", place.Receive([3], "a.txt"));
        Assert.Equal(".profile", place.Receive([1], ".profile"));
        Assert.Equal(".profile (2)", place.Receive([2], ".profile"));
        Assert.Equal([1], File.ReadAllBytes(Path.Combine(place.Root, "a.txt")));
    }

    [Fact]
    public void What_is_given_up_leaves_nothing_behind()
    {
        var file = place.Store.Begin(place.Offer(10, "one", "two", "x.bin"));
        file.Write(new byte[5]);
        file.Discard();
        file.Discard();
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Root));
        var open = place.Store.Begin(place.Offer(10, "one", "y.bin"));
        open.Write(new byte[10]);
        place.Store.Dispose();
        Assert.Equal(["Downloads", "outside.txt"], place.Everything());
    }

    [Fact]
    public void Going_back_to_an_offset_forgets_what_lay_behind_it()
    {
        var content = RandomNumberGenerator.GetBytes(200_000);
        var file = place.Store.Begin(place.Offer(content.Length, "x"));
        file.Write(content.AsSpan(0, 150_000));
        file.Write(new byte[50_000]);
        file.Rewind(150_000);
        Assert.Equal(new FileHash(SHA256.HashData(content.AsSpan(0, 150_000))), file.HashSoFar());
        file.Rewind(0);
        Assert.Equal(FileHash.OfNothing, file.HashSoFar());
        file.Write(content);
        Assert.Equal("x", file.Finish(new FileHash(SHA256.HashData(content))));
    }

    [Fact]
    public void A_folder_that_became_a_link_is_not_followed()
    {
        place.Receive([1], "a", "first");
        var elsewhere = Directory.CreateDirectory(Path.Combine(place.Downloads, "elsewhere")).FullName;
        Directory.Move(Path.Combine(place.Root, "a"), Path.Combine(place.Root, "moved"));
        Directory.CreateSymbolicLink(Path.Combine(place.Root, "a"), elsewhere);
        Assert.Equal(TransferReason.Unwritable, ArrivalFolder.ReasonOf(() => place.Receive([2], "a", "second")));
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
        Directory.CreateSymbolicLink(Path.Combine(place.Root, "b"), elsewhere);
        Assert.Equal(TransferReason.Unwritable, ArrivalFolder.ReasonOf(() => place.Receive([2], "b", "second")));
        File.Delete(Path.Combine(place.Root, "a"));
        Directory.CreateDirectory(Path.Combine(place.Root, "a"));
        Assert.Equal(TransferReason.Unwritable, ArrivalFolder.ReasonOf(() => place.Receive([2], "a", "second")));
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
    }

    [Fact]
    public void A_link_under_the_files_name_is_neither_followed_nor_replaced()
    {
        place.Receive([0], "x");
        File.CreateSymbolicLink(Path.Combine(place.Root, "y.txt"), place.Outside);
        File.CreateSymbolicLink(Path.Combine(place.Root, "z.txt"), "/nowhere/at/all");
        Assert.Equal("y (2).txt", place.Receive([1], "y.txt"));
        Assert.Equal("z (2).txt", place.Receive([1], "z.txt"));
        Assert.Equal("mine", File.ReadAllText(place.Outside));
        Assert.Equal(place.Outside, new FileInfo(Path.Combine(place.Root, "y.txt")).LinkTarget);
    }

    [Fact]
    public void A_part_that_was_exchanged_does_not_get_the_files_name()
    {
        byte[] content = [1, 2, 3];
        var file = place.Store.Begin(place.Offer(3, "x"));
        file.Write(content);
        var part = Assert.Single(Directory.GetFiles(place.Root));
        File.Delete(part);
        File.CreateSymbolicLink(part, place.Outside);
        Assert.Equal(TransferReason.Unwritable, ArrivalFolder.ReasonOf(() => file.Finish(new FileHash(SHA256.HashData(content)))));
        file.Discard();
        Assert.Equal("mine", File.ReadAllText(place.Outside));
        Assert.False(File.Exists(Path.Combine(place.Root, "x")));
    }

    [Fact]
    public void A_folder_that_vanishes_is_a_clear_error_and_the_next_file_too()
    {
        byte[] content = [1];
        var file = place.Store.Begin(place.Offer(1, "x"));
        file.Write(content);
        Directory.Delete(place.Root, recursive: true);
        Assert.Equal(TransferReason.Unwritable, ArrivalFolder.ReasonOf(() => file.Finish(new FileHash(SHA256.HashData(content)))));
        file.Discard();
        Assert.Equal(TransferReason.Unwritable, ArrivalFolder.ReasonOf(() => place.Receive(content, "y")));
        Assert.Equal(["Downloads", "outside.txt"], place.Everything());
    }

    [Fact]
    public void A_file_for_which_there_is_no_room_is_refused_before_it_begins() => Assert.Equal(
        TransferReason.DiskFull,
        ArrivalFolder.ReasonOf(() => place.Store.Check(place.Offer(new DriveInfo(place.Downloads).AvailableFreeSpace, "x"))));

    [Fact]
    public void A_file_tells_where_it_came_from()
    {
        place.Receive([1], "x");
        var value = new byte[100];
        var length = GetAttribute(Path.Combine(place.Root, "x"), "user.xdg.origin.url", value, (nuint)value.Length);
        if (length < 0) Assert.Skip($"This file system holds no marks: {Marshal.GetLastPInvokeErrorMessage()}");
        Assert.Equal("https://shop.example", Encoding.UTF8.GetString(value, 0, (int)length));
    }

    [LibraryImport("libc", EntryPoint = "getxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetAttribute(string path, string name, [Out] byte[] value, nuint length);
}
