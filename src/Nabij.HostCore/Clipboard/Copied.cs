namespace Nabij.HostCore.Clipboard;

/// <summary>What became of reading the clipboard.</summary>
public enum CopiedKind
{
    /// <summary>There is text.</summary>
    Text,
    /// <summary>There is nothing, or no text.</summary>
    Empty,
    /// <summary>More than travels at once (docs/protocol/07).</summary>
    TooLarge,
    /// <summary>The program that holds it did not give it.</summary>
    Failed,
}

/// <summary>What the customer copied last, as the desktop gives it.</summary>
/// <param name="Kind">What became of reading it.</param>
/// <param name="Text">The text, at most a mebibyte; empty unless there is text.</param>
/// <param name="IsSecret">The program that holds it says that it is a secret, as password managers do.</param>
public sealed record Copied(CopiedKind Kind, string Text = "", bool IsSecret = false)
{
    // What was copied belongs in no log.
    public override string ToString() => $"Copied {Kind}";
}
