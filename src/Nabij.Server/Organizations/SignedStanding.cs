namespace Nabij.Server.Organizations;

/// <summary>Where customers still read something else than the settings say, because it was signed before.</summary>
/// <param name="IsOffline">The organization's key is kept elsewhere: a change counts when its document has come back signed.</param>
/// <param name="Waits">In offline mode: whether the signed document is older than the settings, or missing.</param>
/// <param name="Programs">The programs that the help page offers.</param>
public sealed record SignedStanding(bool IsOffline, bool Waits, IReadOnlyList<SignedStanding.Program> Programs)
{
    /// <summary>A program on this server.</summary>
    /// <param name="File">Its name.</param>
    /// <param name="IsOwn">It carries the organization's block for this address; others are not offered.</param>
    /// <param name="Differs">What it says otherwise than the settings: keys of the texts.</param>
    public sealed record Program(string File, bool IsOwn, IReadOnlyList<string> Differs);

    public bool IsCurrent => !Waits && Programs.All(program => program.IsOwn && program.Differs.Count == 0);
}
