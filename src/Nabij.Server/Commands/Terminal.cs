namespace Nabij.Server.Commands;

/// <summary>Where a command writes: results to <see cref="Out"/>, everything that went wrong to <see cref="Error"/>.</summary>
internal sealed record Terminal(TextWriter Out, TextWriter Error)
{
    /// <summary>Where a command that asks reads the answer.</summary>
    internal TextReader In { get; init; } = Console.In;
}
