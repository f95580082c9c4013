namespace Nabij.HostCore.Files;

/// <summary>How far one transfer is.</summary>
/// <param name="Moved">Bytes that the receiver has, as far as it said.</param>
/// <param name="IsMoving">Its bytes are on their way, or were when it was held.</param>
/// <param name="IsHeldHere">This side holds it.</param>
/// <param name="IsHeldThere">The other side holds it.</param>
public readonly record struct TransferLook(long Moved, bool IsMoving, bool IsHeldHere, bool IsHeldThere);
