namespace Nabij.HostApp.Flow;

/// <summary>The organization as the customer's texts name it.</summary>
/// <param name="Name">Its display name, made fit to show.</param>
/// <param name="Phone">Its telephone number out of the signed document; null when it has none.</param>
/// <param name="Host">The host name the program connects to, with the port when it is not the usual one.</param>
/// <param name="Verified">Whether the document came with the program's own file; otherwise a red strip stays in sight.</param>
internal sealed record Shop(string Name, string? Phone, string Host, bool Verified)
{
    /// <summary>Where customers report abuse, out of the signed document; null when it has none.</summary>
    public string? Abuse { get; init; }
}
