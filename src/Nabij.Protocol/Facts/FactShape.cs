namespace Nabij.Protocol.Facts;

/// <summary>What a fact is made of (docs/protocol/12-system-information.md, "The list"): a text or none, then its numbers.</summary>
internal sealed class FactShape
{
    /// <summary>DISK and DISPLAY may come so often, every other fact once.</summary>
    public const int MostDisks = 16;

    private const ulong LargestNumber = (1UL << 53) - 1;

    private static readonly NumberRange Size = new(8, 0, LargestNumber), Count = new(2, 1, ushort.MaxValue);

    private static readonly Dictionary<FactKind, FactShape> Shapes = new()
    {
        [FactKind.System] = new(128),
        [FactKind.Kernel] = new(128),
        [FactKind.ComputerName] = new(128),
        [FactKind.Processor] = new(128, Count),
        [FactKind.Memory] = new(0, Size, Size) { IsSecondPartOfFirst = true },
        [FactKind.Disk] = new(128, Size, Size) { IsSecondPartOfFirst = true, Most = MostDisks },
        [FactKind.Display] = new(0, Count, Count, new NumberRange(2, 25, 1000)) { Most = MostDisks },
        [FactKind.Uptime] = new(0, new NumberRange(4, 0, uint.MaxValue)),
        [FactKind.Language] = new(64),
        [FactKind.TimeZone] = new(64),
        [FactKind.Desktop] = new(64),
        [FactKind.Network] = new(0, new NumberRange(1, 0, (ulong)NetworkKind.Other)),
        [FactKind.Battery] = new(0, new NumberRange(1, 0, 100), new NumberRange(1, 0, 1)),
        [FactKind.Program] = new(64),
    };

    private FactShape(int longestText, params NumberRange[] numbers) => (LongestText, Numbers) = (longestText, numbers);

    /// <summary>In bytes; 0 when it has none.</summary>
    public int LongestText { get; }

    public IReadOnlyList<NumberRange> Numbers { get; }

    /// <summary>Whether the second number may not be more than the first.</summary>
    public bool IsSecondPartOfFirst { get; private init; }

    /// <summary>How often it may stand in a list.</summary>
    public int Most { get; private init; } = 1;

    /// <summary>Null for a fact that the table does not have.</summary>
    public static FactShape? Find(FactKind kind) => Shapes.GetValueOrDefault(kind);
}
