namespace Nabij.Protocol.Session;

/// <summary>A resume was refused; nothing was consumed.</summary>
public sealed class ResumeException : Exception
{
    /// <summary>Creates the exception for one failed check.</summary>
    public ResumeException(ResumeError error)
        : base($"A resume was refused: {error}.") => Error = error;

    /// <summary>The check that failed.</summary>
    public ResumeError Error { get; }

    internal static void Require(bool condition, ResumeError error)
    {
        if (!condition)
            throw new ResumeException(error);
    }
}
