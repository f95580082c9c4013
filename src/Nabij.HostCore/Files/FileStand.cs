namespace Nabij.HostCore.Files;

/// <summary>How far one file is.</summary>
public enum FileStand
{
    /// <summary>The technician offers it, and the customer has not said whether it may come.</summary>
    Asked,
    /// <summary>It may go, and others go before it, or the technician has not taken it yet.</summary>
    Waiting,
    /// <summary>It is on its way.</summary>
    Copying,
    /// <summary>It is there, whole.</summary>
    Arrived,
    /// <summary>It did not arrive, and will not.</summary>
    Failed,
}
