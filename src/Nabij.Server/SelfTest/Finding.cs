using Nabij.Server.Pages;

namespace Nabij.Server.SelfTest;

/// <summary>How a check came out.</summary>
public enum FindingLevel
{
    Good,

    /// <summary>Works, but should be known or mended some day.</summary>
    Notice,

    /// <summary>Something does not work, or is not safe.</summary>
    Bad,
}

/// <summary>What one check found, in words of the texts: what is so, what it means, what to do.</summary>
/// <param name="Key">Key of the texts behind "check.".</param>
/// <param name="Level">How it came out.</param>
/// <param name="Values">What its places are filled with; never a secret.</param>
public sealed record Finding(string Key, FindingLevel Level, params object[] Values)
{
    /// <summary>What the page offers to open, as a word behind "check.open."; null for nothing.</summary>
    public string? Opens { get; init; }

    public string In(Texts texts) => texts.Format($"check.{Key}", Values);

    internal static Finding Good(string key, params object[] values) => new(key, FindingLevel.Good, values);

    internal static Finding Notice(string key, params object[] values) => new(key, FindingLevel.Notice, values);

    internal static Finding Bad(string key, params object[] values) => new(key, FindingLevel.Bad, values);
}
