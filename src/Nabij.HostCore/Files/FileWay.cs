using Nabij.Protocol;

namespace Nabij.HostCore.Files;

/// <summary>Which way a file goes; each way has a permission of its own.</summary>
public enum FileWay
{
    /// <summary>From the technician to the customer's computer.</summary>
    ToHost,
    /// <summary>From the customer's computer to the technician.</summary>
    FromHost,
}

/// <summary>What each way needs.</summary>
public static class FileWays
{
    /// <summary>Both.</summary>
    public const Permissions Both = Permissions.FilesToHost | Permissions.FilesFromHost;

    /// <summary>The permission of one way.</summary>
    public static Permissions Permission(this FileWay way) => way == FileWay.ToHost ? Permissions.FilesToHost : Permissions.FilesFromHost;
}
