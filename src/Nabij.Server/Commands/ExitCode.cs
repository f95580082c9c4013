namespace Nabij.Server.Commands;

/// <summary>What the process tells its caller. Scripts rely on the numbers.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    internal const int Done = 0;

    /// <summary>The command ran and found something wrong, for example a broken audit chain.</summary>
    internal const int Failed = 1;

    /// <summary>The command line is not understood.</summary>
    internal const int Usage = 2;

    /// <summary>The machine does not allow it: port taken, folder not writable, disk full, certificate unreadable.</summary>
    internal const int Environment = 3;
}
