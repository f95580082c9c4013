using Nabij.HostCore.Rendezvous;

namespace Nabij.HostCore.Session;

/// <summary>A lost connection of one participant: which one it was, from 1 on, and when the viewer was last heard.</summary>
internal readonly record struct Loss(int Number, Moment Since);
