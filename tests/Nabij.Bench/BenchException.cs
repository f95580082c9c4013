namespace Nabij.Bench;

/// <summary>The bench cannot go on; the text says what to do about it.</summary>
internal sealed class BenchException(string text) : Exception(text);
