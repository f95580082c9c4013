namespace Nabij.Bench.Clips;

/// <summary>
/// One step of a clip: when it was captured, what was damaged, and the rows of blocks that differ from the step before.
/// Steps without a difference are not kept.
/// </summary>
internal sealed record ClipFrame(TimeSpan At, IReadOnlyList<Rectangle> Damage, IReadOnlyList<Band> Bands);
