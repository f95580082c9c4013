using Nabij.HostCore.Rendezvous;

namespace Nabij.HostApp.Flow;

/// <summary>What the server gave: a value, or the trouble in its way.</summary>
internal sealed record Fetched<T>(T? Value, Trouble? Trouble = null)
    where T : class
{
    public static Fetched<T> Not(TroubleKind kind) => new(null, new Trouble(kind));
}
