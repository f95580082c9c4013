namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>How a connection breaks.</summary>
internal enum CutKind
{
    /// <summary>Both ends of it hear of it at once.</summary>
    Reset,

    /// <summary>The program hears of it; the server believes that the connection is there.</summary>
    ServerNotTold,

    /// <summary>Nothing passes any more and nobody is told; when the line is back, the connection is gone.</summary>
    Silence,
}
