namespace Nabij.Server.Records;

/// <summary>One row in which a person was found.</summary>
/// <param name="Kind">Of which <see cref="PersonTable"/>.</param>
/// <param name="Key">Of the row.</param>
/// <param name="At">When it came about.</param>
/// <param name="Words">What stands in it, short.</param>
/// <param name="IsErasable">False for what cannot be taken away, which the page explains.</param>
internal sealed record PersonTrace(string Kind, string Key, DateTimeOffset At, string Words, bool IsErasable = true);
