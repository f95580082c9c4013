namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>One cut of a line.</summary>
/// <param name="Leg">Where.</param>
/// <param name="Kind">How.</param>
/// <param name="AfterBytes">So many more bytes pass there first; the last of them may be in the middle of a message.</param>
/// <param name="Outage">How long nothing gets through afterwards.</param>
/// <param name="HoldsCallers">Who calls meanwhile waits until the line is back; otherwise they are turned away at once.</param>
internal sealed record Cut(Leg Leg, CutKind Kind, int AfterBytes, TimeSpan Outage, bool HoldsCallers);
