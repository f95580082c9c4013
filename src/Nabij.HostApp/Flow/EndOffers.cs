namespace Nabij.HostApp.Flow;

/// <summary>What the last screen offers.</summary>
/// <param name="MayGoOn">A new code.</param>
/// <param name="MaySave">The log of the session, to keep.</param>
/// <param name="Told">Key of what came of saving it; null before.</param>
internal sealed record EndOffers(bool MayGoOn, bool MaySave = false, string? Told = null)
{
    /// <summary>The program's own file, which the customer may delete; null where it is not known.</summary>
    public string? ProgramFile { get; init; }

    /// <summary>Files are kept that can be put back.</summary>
    public bool HasKept { get; init; }
}
