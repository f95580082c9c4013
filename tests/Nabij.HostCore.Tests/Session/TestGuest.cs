namespace Nabij.HostCore.Tests.Session;

/// <summary>As whom a simulated participant comes.</summary>
internal enum TestGuest
{
    /// <summary>The technician of the first code.</summary>
    None,

    /// <summary>A second technician, Marie.</summary>
    Colleague,

    /// <summary>Without a certificate.</summary>
    Relative,
}
