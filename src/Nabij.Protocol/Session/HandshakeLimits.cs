namespace Nabij.Protocol.Session;

/// <summary>Limits of docs/protocol/02-handshake.md; a promise to the peer, not tuning. Lengths in bytes.</summary>
public static class HandshakeLimits
{
    /// <summary>Longest MSG1.</summary>
    public const int Message1Bytes = 2048;

    /// <summary>Longest MSG2.</summary>
    public const int Message2Bytes = 2048;

    /// <summary>Longest MSG3.</summary>
    public const int Message3Bytes = 512;

    /// <summary>Longest MSG4.</summary>
    public const int Message4Bytes = 4096;

    /// <summary>Longest R1 or R2.</summary>
    public const int ResumeBytes = 1024;

    /// <summary>Longest name and version of a program.</summary>
    public const int ProgramBytes = 64;

    /// <summary>Longest machine name and user name.</summary>
    public const int MachineBytes = 128;

    /// <summary>Bytes of sid_c and sid_t, each.</summary>
    public const int SidBytes = 16;

    /// <summary>Bytes of nonce_t and nonce_c, each.</summary>
    public const int NonceBytes = 16;

    /// <summary>Bytes of the session's public name.</summary>
    public const int SessionIdBytes = 16;

    /// <summary>How long each step may take: whoever owns the connection keeps the clock and reports it.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    internal const int MostListEntries = 16;
    internal const int HashBytes = 32;
}
