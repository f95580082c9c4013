namespace Nabij.Server.Explained;

/// <summary>One kind of thing that the server keeps about people, as the privacy page tells it.</summary>
/// <param name="Name">Names its words: privacy.stored.{Name}.what, .detail and .why.</param>
/// <param name="IsAboutStaff">About people who work here; else about customers.</param>
/// <param name="For">How long.</param>
/// <param name="Tables">The tables of the schema that it is in.</param>
public sealed record StoredThing(string Name, bool IsAboutStaff, Func<KeptTimes, Kept> For, params string[] Tables);
