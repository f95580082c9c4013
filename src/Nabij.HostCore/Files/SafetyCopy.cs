namespace Nabij.HostCore.Files;

/// <summary>A file that was taken out of the way and is kept: its name among the copies, where it stood, and when it was taken.</summary>
public sealed record SafetyCopy(string Name, string OriginalPath, DateTimeOffset Kept)
{
    /// <summary>How long a copy is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
}
