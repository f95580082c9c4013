using Nabij.HostCore.Files;

namespace Nabij.HostApp.Flow;

/// <summary>What the windows of files show.</summary>
/// <param name="Now">The files.</param>
/// <param name="Speeds">How fast they go.</param>
/// <param name="MaySend">The customer may send something of the own accord.</param>
internal sealed record FilesView(FilesNow Now, FileSpeeds Speeds, bool MaySend = false);
