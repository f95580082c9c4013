namespace Nabij.HostCore.Guard;

/// <summary>Which entry of the list a window matched. Never leaves the computer and enters no log.</summary>
internal sealed record SensitiveMatch(SensitiveKind Kind, string Entry);
