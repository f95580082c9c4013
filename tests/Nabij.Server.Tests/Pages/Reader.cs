namespace Nabij.Server.Tests.Pages;

/// <summary>Who looks at a page of the table.</summary>
internal enum Reader
{
    /// <summary>A customer, who has accepted the terms.</summary>
    Customer,

    /// <summary>Somebody without a memory of earlier visits.</summary>
    Stranger,

    /// <summary>The owner, who has every role, and has proven to be there a moment ago.</summary>
    Staff,

    /// <summary>Who starts a server that is not set up.</summary>
    Newcomer,
}
