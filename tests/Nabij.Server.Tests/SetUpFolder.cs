using System.Collections.Concurrent;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Storage;

namespace Nabij.Server.Tests;

/// <summary>
/// Data folders of servers that were set up once for all tests: most time of a short test would else go into setting up.
/// Each test gets a copy of its own, of the database too. All copies are of one organization with one key and one key ring;
/// who needs two different ones sets them up.
/// </summary>
internal static class SetUpFolder
{
    private static readonly ConcurrentDictionary<bool, Lazy<Task<DirectoryInfo>>> Made = new();
    private static readonly ConcurrentBag<DirectoryInfo> Folders = [];

    static SetUpFolder() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var one in Folders)
            one.Delete(recursive: true);
    };

    internal static async Task FillAsync(DirectoryInfo folder, bool demandsSecondFactor)
    {
        var made = await Made.GetOrAdd(demandsSecondFactor, demands => new Lazy<Task<DirectoryInfo>>(() => MakeAsync(demands))).Value;
        var address = DatabaseAddress.Find(new DataFolder(made.FullName));
        Copy(made, folder, except: address is null ? null : new DataFolder(made.FullName).DatabaseAddressFile);
        if (address is not null)
            DatabaseAddress.Keep(new DataFolder(folder.FullName), await PostgresCluster.CopyAsync(address));
    }

    private static async Task<DirectoryInfo> MakeAsync(bool demandsSecondFactor)
    {
        var folder = Directory.CreateTempSubdirectory("nabij-server-set-up-");
        Folders.Add(folder);
        await RunningServer.SetUpAsync(new DataFolder(folder.FullName), demandsSecondFactor);
        // A database is copied while nobody is connected to it.
        Npgsql.NpgsqlConnection.ClearAllPools();
        return folder;
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to, string? except = null)
    {
        foreach (var one in from.EnumerateDirectories())
        {
            var target = OperatingSystem.IsWindows() ? to.CreateSubdirectory(one.Name) : Directory.CreateDirectory(Path.Combine(to.FullName, one.Name), one.UnixFileMode);
            Copy(one, target);
        }

        foreach (var one in from.EnumerateFiles().Where(file => file.FullName != except))
            one.CopyTo(Path.Combine(to.FullName, one.Name));
    }
}
