namespace Nabij.Bench.Figures;

/// <summary>One measured figure in the form of architecture.md section 8.</summary>
internal sealed record Figure(string Name, double Value, string Unit);
