namespace Nabij.Protocol.People;

/// <summary>One participant in PEOPLE.</summary>
/// <param name="Person">1-255.</param>
/// <param name="Role">What it is.</param>
/// <param name="IsAway">Its connection is lost.</param>
/// <param name="Permissions">What it is granted.</param>
/// <param name="Seconds">Since the customer let it in.</param>
/// <param name="Name">1-64 bytes; peer text.</param>
public sealed record ListedParticipant(byte Person, ParticipantRole Role, bool IsAway, Permissions Permissions, uint Seconds, string Name);
