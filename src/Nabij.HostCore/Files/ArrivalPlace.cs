namespace Nabij.HostCore.Files;

/// <summary>Where files of a session arrive and what they are marked with.</summary>
/// <param name="Downloads">Path of the customer's folder for downloads, which exists.</param>
/// <param name="Organization">The organization's display name, for the fresh folder's name.</param>
/// <param name="Date">The customer's date today.</param>
/// <param name="Origin">The organization's origin, for the mark on each file.</param>
public sealed record ArrivalPlace(string Downloads, string Organization, DateOnly Date, string Origin);
