namespace Nabij.Server.Rendezvous;

/// <summary>Why a technician may not join now, after wrong codes.</summary>
/// <param name="Scope">Whose wrong codes they were.</param>
/// <param name="RetryAfter">How long it lasts; zero when only an administrator lifts it.</param>
internal sealed record JoinPause(JoinPauseScope Scope, TimeSpan RetryAfter);
