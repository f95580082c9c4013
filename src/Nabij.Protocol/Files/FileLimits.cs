namespace Nabij.Protocol.Files;

/// <summary>Limits of docs/protocol/08-files.md; a promise to the peer, not tuning.</summary>
public static class FileLimits
{
    /// <summary>Largest file, in bytes.</summary>
    public const long LargestFile = 10_000_000_000;

    /// <summary>Bytes that may be under way: how far a credit may lie ahead of what the receiver has.</summary>
    public const int MostCredit = 1_048_576;

    /// <summary>Largest content of a CHUNK, in bytes: the message is then one piece of the line.</summary>
    public const int LargestContent = 16_371;

    /// <summary>Folders and the file's name together.</summary>
    public const int MostLevels = 8;

    /// <summary>Longest component, in bytes of UTF-8.</summary>
    public const int ComponentBytes = 200;

    /// <summary>Longest component, in units of UTF-16.</summary>
    public const int ComponentUnits = 120;

    /// <summary>Longest name in VERIFIED, in bytes of UTF-8: a component and the number behind it.</summary>
    public const int StoredNameBytes = 208;

    /// <summary>Latest time of a file, in milliseconds since 1970: the end of the year 9999.</summary>
    public const long LatestTime = 253_402_300_799_999;

    /// <summary>Most offers of each side in a session.</summary>
    public const int MostOffers = 1_000;

    /// <summary>Most requests in a session.</summary>
    public const int MostRequests = 20;

    /// <summary>Bytes of SHA-256.</summary>
    public const int HashBytes = 32;
}
