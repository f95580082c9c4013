namespace Nabij.HostApp.Screens;

/// <summary>Something to press. Happens without a value.</summary>
internal sealed record Press(string Id, string Text, PressWeight Weight = PressWeight.Plain)
{
    public bool Enabled { get; init; } = true;

    /// <summary>A longer accessible name, where the text alone does not say what will happen.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// True for a press that gives something away. It takes neither the focus nor Enter by itself, and answers
    /// only a moment after the window appeared, so that nobody agrees by typing on or clicking on.
    /// </summary>
    public bool Guarded { get; init; }

    /// <summary>Whether Enter may press it: a dangerous or guarded press is never the default.</summary>
    public bool MayBeDefault => Weight == PressWeight.Primary && !Guarded && Enabled;
}

/// <summary>How a press looks.</summary>
internal enum PressWeight
{
    Plain,
    Primary,
    Danger,
}
