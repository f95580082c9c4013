using Nabij.HostCore.Files;

namespace Nabij.HostApp.Flow;

/// <summary>What came of looking at the kept files, or of changing something about them.</summary>
/// <param name="List">What is kept now, the newest first.</param>
/// <param name="Key">Key of what to say; null for nothing.</param>
/// <param name="Path">Where the file is now, for the words.</param>
internal sealed record KeptResult(IReadOnlyList<SafetyCopy> List, string? Key, string? Path);
