namespace Nabij.HostApp.Flow;

/// <summary>What the customer answered to the terms so far. Nothing is answered beforehand.</summary>
/// <param name="Terms">The tick for the shop's terms.</param>
/// <param name="Licence">The tick for the program's licence.</param>
/// <param name="Backup">"yes", "no", "help", or null while not answered.</param>
/// <param name="Name">What the customer wants to be called; may be empty.</param>
internal sealed record TermsAnswers(bool Terms = false, bool Licence = false, string? Backup = null, string Name = "")
{
    /// <summary>The longest name, in characters.</summary>
    public const int NameLimit = 64;

    public bool Complete => Terms && Licence && Backup is not null;
}
