// The one folder everything of this server lives in. Made with mode 0700; secrets inside are 0600.

using Nabij.Server.Commands;

namespace Nabij.Server.Storage;

internal sealed class DataFolder(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    internal string Path { get; } = System.IO.Path.GetFullPath(path);

    internal string DatabaseFile => System.IO.Path.Combine(Path, "nabij.db");

    /// <summary>Says where the database is when it is not nabij.db: <see cref="DatabaseAddress"/>.</summary>
    internal string DatabaseAddressFile => System.IO.Path.Combine(Path, "database");

    internal string KeysFolder => System.IO.Path.Combine(Path, "keys");

    /// <summary>Keys of the framework's data protection. They guard form tokens and stored secrets, and cannot sign anybody in.</summary>
    internal string KeyRingFolder => System.IO.Path.Combine(KeysFolder, "ring");

    internal string DownloadsFolder => System.IO.Path.Combine(Path, "downloads");

    internal string SelfSignedCertificate => System.IO.Path.Combine(Path, "self-signed.crt");

    internal string SettingsFile => System.IO.Path.Combine(Path, "nabij.json");

    /// <summary>Touched by commands that have changed who may go on working (<see cref="Accounts.SignInBell"/>).</summary>
    internal string SignInBellFile => System.IO.Path.Combine(Path, "sign-ins.changed");

    private string LockFile => System.IO.Path.Combine(Path, "server.lock");

    /// <summary>Makes the folder where it is missing and proves that it can be written.</summary>
    internal void Open()
    {
        try
        {
            CreatePrivate(Path);
            CreatePrivate(KeysFolder);
            CreatePrivate(KeyRingFolder);
            CreatePrivate(DownloadsFolder);
            var probe = System.IO.Path.Combine(Path, $".probe-{Environment.ProcessId}");
            using var stream = new FileStream(probe, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            stream.WriteByte(0);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"The data folder {Path} cannot be written: {exception.Message} Nothing was started. Give a folder of your own with --data, or mend its permissions or its disk.",
                cause: exception);
        }
    }

    /// <summary>Refuses a second server on the same folder. Disposing the returned stream gives the folder free.</summary>
    internal FileStream Claim()
    {
        try
        {
            return new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
        }
        catch (IOException exception)
        {
            throw new OperatorException(
                $"Another nabij-server already runs with the data folder {Path}. Stop that one first, or give this one a folder of its own.", cause: exception);
        }
    }

    /// <summary>Writes a file that only this account may read, whole or not at all.</summary>
    internal static void WriteSecret(string file, ReadOnlySpan<byte> content)
    {
        var temporary = $"{file}.{Guid.NewGuid():N}.new";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = OwnerFile;
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Files that a backup takes: everything but the database, what says where it is, and what lives for one run.</summary>
    internal IEnumerable<string> FilesBesideDatabase() => Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
        .Where(file => !IsDatabase(file) && file != LockFile && !System.IO.Path.GetFileName(file).StartsWith(".probe-", StringComparison.Ordinal) && !file.EndsWith(".new", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>Whether a file of this folder is its database, or says where that is.</summary>
    internal bool IsDatabase(string file) => file.StartsWith(DatabaseFile, StringComparison.Ordinal) || file == DatabaseAddressFile;

    internal bool IsKey(string file) => file.StartsWith(KeysFolder + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);

    internal bool IsKeyRing(string file) => file.StartsWith(KeyRingFolder + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);

    internal static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
    }
}
