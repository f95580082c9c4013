namespace Nabij.HostApp.Flow;

/// <summary>What can be in the way, each with its own words: what happened, what it means, what to do.</summary>
internal enum Problem
{
    /// <summary>The server cannot be reached.</summary>
    Network,

    /// <summary>The server answers, but not properly.</summary>
    Server,

    /// <summary>The server could not prove who it is.</summary>
    Tls,

    /// <summary>The network's proxy wants a sign-in.</summary>
    Proxy,

    /// <summary>This computer's clock is five minutes or more off the server's.</summary>
    Clock,

    /// <summary>No terms, or not in order.</summary>
    Terms,

    /// <summary>The server wants a newer program.</summary>
    Outdated,

    /// <summary>No code is free.</summary>
    Full,

    /// <summary>Too many connections from this network.</summary>
    Limited,

    /// <summary>The server does not know the organization.</summary>
    Organization,

    /// <summary>Nobody used the code while the server kept it.</summary>
    Expired,

    /// <summary>A desktop that cannot be captured yet.</summary>
    Display,

    /// <summary>The screen cannot be captured.</summary>
    Screen,

    /// <summary>The organization block in the program is not whole.</summary>
    Block,

    /// <summary>A fault of our own.</summary>
    Other,
}
