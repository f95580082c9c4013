using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>
/// Tells <see cref="SignInWatch"/> at once that something has changed who may go on working: in this process by a call, and
/// from commands, which are processes of their own, by a file of the data folder that they touch. Thread-safe.
/// </summary>
internal sealed class SignInBell : IDisposable
{
    private readonly string _file;
    private readonly SemaphoreSlim _rung = new(0, 1);
    private FileSystemWatcher? _watcher;

    public SignInBell(DataFolder folder) => _file = folder.SignInBellFile;

    /// <summary>Call once what has changed is stored. Rings that nobody has heard yet are one.</summary>
    internal void Ring()
    {
        lock (_rung)
        {
            if (_rung.CurrentCount == 0)
                _rung.Release();
        }
    }

    /// <summary>For commands: rings in the server that runs on this data folder, if one does.</summary>
    internal void RingServer()
    {
        try
        {
            File.WriteAllText(_file, "\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The server looks by itself a second later.
        }
    }

    /// <summary>Waits until somebody rings, here or in a command.</summary>
    internal Task WaitAsync(CancellationToken cancellation) => _rung.WaitAsync(cancellation);

    /// <summary>Hears commands from now on; where the system cannot tell of files, the watch's own period is left.</summary>
    internal void Listen()
    {
        try
        {
            _watcher = new FileSystemWatcher(Path.GetDirectoryName(_file) ?? ".", Path.GetFileName(_file)) { NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.FileName };
            _watcher.Changed += (_, _) => Ring();
            _watcher.Created += (_, _) => Ring();
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException or ArgumentException)
        {
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _rung.Dispose();
    }
}
