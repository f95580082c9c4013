namespace Nabij.HostCore.Picture;

/// <summary>There is no screen (any more): no display, no permission to read it, or one that cannot be shared. The message is for people.</summary>
public sealed class ScreenLostException(string message) : Exception(message);
