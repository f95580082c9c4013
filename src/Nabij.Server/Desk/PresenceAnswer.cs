namespace Nabij.Server.Desk;

/// <summary>How long the sign-in still lasts if nobody does anything.</summary>
/// <param name="Seconds">Whole seconds, at least 0.</param>
/// <param name="IsIdle">It would end because nobody was there; false when it ends by its age, which nothing puts off.</param>
internal sealed record PresenceAnswer(int Seconds, bool IsIdle);
