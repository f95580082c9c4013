using System.Runtime.Versioning;

namespace Nabij.HostCore.Linux;

/// <summary>The names by which X clients speak of the clipboard (ICCCM 2, freedesktop.org "Clipboards" and "Clipboard Manager").</summary>
[SupportedOSPlatform("linux")]
internal sealed class X11ClipboardAtoms(nint display)
{
    // Predefined in X.h.
    public const nuint Atom = 4, Integer = 19, String = 31;

    public nuint Clipboard { get; } = Name(display, "CLIPBOARD");

    public nuint Targets { get; } = Name(display, "TARGETS");

    public nuint Timestamp { get; } = Name(display, "TIMESTAMP");

    public nuint Multiple { get; } = Name(display, "MULTIPLE");

    public nuint AtomPair { get; } = Name(display, "ATOM_PAIR");

    public nuint Utf8String { get; } = Name(display, "UTF8_STRING");

    public nuint PlainUtf8 { get; } = Name(display, "text/plain;charset=utf-8");

    public nuint Incremental { get; } = Name(display, "INCR");

    public nuint Manager { get; } = Name(display, "CLIPBOARD_MANAGER");

    public nuint SaveTargets { get; } = Name(display, "SAVE_TARGETS");

    /// <summary>What password managers offer beside a secret; its value does not matter.</summary>
    public nuint Secret { get; } = Name(display, "x-kde-passwordManagerHint");

    /// <summary>Properties of our own on our own windows.</summary>
    public nuint Stamp { get; } = Name(display, "NABIJ_STAMP");

    public nuint Transfer { get; } = Name(display, "NABIJ_TRANSFER");

    private static nuint Name(nint display, string name) => LibX11.XInternAtom(display, name, 0);
}
