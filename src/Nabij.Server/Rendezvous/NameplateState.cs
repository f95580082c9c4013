namespace Nabij.Server.Rendezvous;

/// <summary>The states of a nameplate that is not free.</summary>
internal enum NameplateState
{
    Waiting,
    InRun,
    Held,
}
