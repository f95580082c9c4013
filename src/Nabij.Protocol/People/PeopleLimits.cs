namespace Nabij.Protocol.People;

/// <summary>The limits of docs/protocol/13-participants.md.</summary>
public static class PeopleLimits
{
    /// <summary>Bytes of the largest message.</summary>
    public const int LargestMessage = 1024;

    /// <summary>Technician, colleague, second technician, relative.</summary>
    public const int MostParticipants = 4;

    /// <summary>Bytes of the longest name.</summary>
    public const int NameBytes = 64;

    /// <summary>Bytes of the longest reason for an invitation.</summary>
    public const int ReasonBytes = 400;

    /// <summary>All digits of a code.</summary>
    public const int CodeDigits = 9;
}
