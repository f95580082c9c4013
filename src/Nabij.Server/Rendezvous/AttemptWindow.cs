namespace Nabij.Server.Rendezvous;

/// <summary>At most <paramref name="Count"/> attempts in any <paramref name="Period"/>.</summary>
internal readonly record struct AttemptWindow(int Count, TimeSpan Period);
