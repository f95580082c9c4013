namespace Nabij.Server.Explained;

/// <summary>One window in the tour for customers.</summary>
/// <param name="Name">Names its words: tour.{Name}.heading, .body and, with a picture, .picture.</param>
/// <param name="Picture">The picture's name in wwwroot/tour, without language and ending; null for none.</param>
public sealed record TourStep(string Name, string? Picture = null);
