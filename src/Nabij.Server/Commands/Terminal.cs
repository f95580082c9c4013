namespace Nabij.Server.Commands;

/// <summary>Where a command writes: results to <see cref="Out"/>, everything that went wrong to <see cref="Error"/>.</summary>
internal sealed record Terminal(TextWriter Out, TextWriter Error);
