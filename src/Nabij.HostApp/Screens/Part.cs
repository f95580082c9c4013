using Nabij.HostCore.Picture;

namespace Nabij.HostApp.Screens;

/// <summary>
/// One part of a screen. Every text is plain text; a shell never reads markup in it, nor access keys.
/// The kinds of part are its tiny companions in this file.
/// </summary>
/// <param name="Id">Unique within the screen; what a <see cref="Happening"/> names.</param>
internal abstract record Part(string Id)
{
    /// <summary>The language of this part when it is not the screen's own, as in "nl"; for screen readers and hyphens.</summary>
    public string? Language { get; init; }

    /// <summary>What is wrong with the answer given here, shown beside the control and read with it; null when nothing is.</summary>
    public string? Error { get; init; }
}

/// <summary>A paragraph.</summary>
internal sealed record Words(string Id, string Text, WordsRole Role = WordsRole.Body) : Part(Id)
{
    /// <summary>How a voice should read it, where that differs from the text.</summary>
    public string? Spoken { get; init; }
}

/// <summary>Digits in large type; <paramref name="Spoken"/> is the accessible name, digit by digit.</summary>
internal sealed record Code(string Id, string Digits, string Spoken) : Part(Id);

/// <summary>A box to tick. Happens with "on" or "off".</summary>
internal sealed record Tick(string Id, string Text, bool On) : Part(Id);

/// <summary>One out of several; none is chosen while <paramref name="Chosen"/> is null. Happens with the option's id.</summary>
internal sealed record Choice(string Id, string Name, IReadOnlyList<Option> Options, string? Chosen) : Part(Id)
{
    /// <summary>True for a few short options that may stand beside each other.</summary>
    public bool SideBySide { get; init; }
}

/// <summary>The person's displays as they stand, with their numbers. A picture only: ticks beside it do the choosing.</summary>
internal sealed record DisplayMap(string Id, string Name, IReadOnlyList<MapDisplay> Displays) : Part(Id);

/// <summary>One display of a <see cref="DisplayMap"/>, in pixels of the desktop.</summary>
internal sealed record MapDisplay(int Number, PixelArea Area, bool On);

/// <summary>One answer of a <see cref="Choice"/>.</summary>
internal sealed record Option(string Id, string Text, string? Language = null);

/// <summary>A long text that scrolls by itself.</summary>
internal sealed record Document(string Id, string Name, IReadOnlyList<Paragraph> Paragraphs) : Part(Id)
{
    /// <summary>True to keep the end in sight while text is added.</summary>
    public bool FollowEnd { get; init; }
}

/// <summary>One paragraph of a <see cref="Document"/>.</summary>
internal sealed record Paragraph(string Text, ParagraphRole Role = ParagraphRole.Body);

/// <summary>One line to type in, at most <paramref name="Limit"/> characters. Happens with the text at each change.</summary>
internal sealed record Entry(string Id, string Name, string Value, int Limit) : Part(Id);

/// <summary>Progress from 0 to 1, or pulsing while <paramref name="Share"/> is null.</summary>
internal sealed record Meter(string Id, string Text, double? Share, Press? Stop = null) : Part(Id)
{
    /// <summary>Holds what goes on, or lets it go on.</summary>
    public Press? Hold { get; init; }
}

/// <summary>A link to an address of our own texts or of the signed configuration.</summary>
internal sealed record Link(string Id, string Text, Uri Address) : Part(Id);

/// <summary>How a paragraph of a screen weighs.</summary>
internal enum WordsRole
{
    Body,
    Heading,
    Small,
    Warning,

    /// <summary>A small heading above an answer or a list.</summary>
    Question,

    /// <summary>A short number to compare with somebody else's.</summary>
    Number,

    /// <summary>Good news, or what is safe.</summary>
    Calm,

    /// <summary>Who speaks: the strip at the top of the window.</summary>
    Brand,

    /// <summary>The red strip that branding cannot remove.</summary>
    Alarm,
}

/// <summary>How a paragraph of a document weighs.</summary>
internal enum ParagraphRole
{
    Body,
    Heading,
    Item,

    /// <summary>Who says what comes next, and when; it stands right above that.</summary>
    Speaker,
}
