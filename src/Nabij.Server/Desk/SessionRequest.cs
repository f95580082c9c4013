namespace Nabij.Server.Desk;

/// <summary>Says that the handshake of a run succeeded. <paramref name="Session"/>: its number from PAIRED, 32 hex digits.</summary>
public sealed record SessionRequest(string? Session);
