using Nabij.Server.Pages;

namespace Nabij.Server.Pictures;

/// <summary>What the page of the pictures key shows.</summary>
public sealed record PicturesKeyView
{
    /// <summary>32 hex digits, which a wrapped key is bound to.</summary>
    public required string Organization { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<Line> Keys { get; init; }

    public bool IsDone { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;

    /// <summary>How people compare a key: the first 8 bytes of its number.</summary>
    internal static string Fingerprint(string id) => string.Join(' ', id[..16].Chunk(4).Select(digits => new string(digits)));

    /// <summary>One key that was made.</summary>
    public sealed record Line(string Fingerprint, string When, string Who, int Pictures);
}
