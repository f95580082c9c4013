namespace Nabij.Server.Records;

/// <summary>One bar of a picture of figures.</summary>
/// <param name="Name">What stands under it.</param>
/// <param name="Value">How high it is; null draws none.</param>
/// <param name="Words">The value as people read it.</param>
public sealed record Bar(string Name, double? Value, string Words);
