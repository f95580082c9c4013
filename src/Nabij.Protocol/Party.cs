namespace Nabij.Protocol;

/// <summary>The two ends of a session; in RS1 the viewer is the technician (T) and the host the customer's side (C).</summary>
public enum Party
{
    /// <summary>The program on the customer's computer.</summary>
    Host,

    /// <summary>The technician's program.</summary>
    Viewer,
}
