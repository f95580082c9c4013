namespace Nabij.Server.Rendezvous;

/// <summary>What a resume cookie carries. <paramref name="SignIn"/>: the reference of the sign-in that joined; null for a host.</summary>
internal sealed record ResumeClaim(Guid Organization, string? SignIn);
