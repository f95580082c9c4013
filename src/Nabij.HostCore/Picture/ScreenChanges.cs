namespace Nabij.HostCore.Picture;

/// <summary>What a screen source noticed since it was asked last.</summary>
[Flags]
public enum ScreenChanges
{
    None = 0,
    /// <summary>Pixels may have changed; <see cref="IScreenSource.Capture"/> brings them.</summary>
    Damage = 1,
    /// <summary>The shared displays changed in size, place or number; nothing of the old pixels holds.</summary>
    Layout = 2,
    /// <summary>The pointer has another image, or none.</summary>
    CursorShape = 4,
    /// <summary>The pointer moved.</summary>
    PointerPosition = 8,
    /// <summary>The customer used the own mouse or keyboard.</summary>
    LocalInput = 16,
    /// <summary>The computer has other displays than before, or they stand elsewhere; what is shared may be the same.</summary>
    Displays = 32,
    /// <summary>Another window is in front, or it has another title.</summary>
    ActiveWindow = 64,
}
