namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>The two ways to the server.</summary>
[Flags]
internal enum Leg
{
    None = 0,
    Host = 1,
    Viewer = 2,
    Both = Host | Viewer,
}
