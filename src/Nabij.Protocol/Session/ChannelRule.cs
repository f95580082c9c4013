namespace Nabij.Protocol.Session;

/// <summary>One row of the channel table (docs/protocol/04-channels.md).</summary>
/// <param name="Number">The channel's byte.</param>
/// <param name="Sender">Who may send; null when both may.</param>
/// <param name="IsPadded">Whether records are padded to multiples of 64 bytes.</param>
/// <param name="LargestMessage">In bytes.</param>
/// <param name="MayFragment">Whether a message may go in pieces.</param>
/// <param name="Priority">Lower goes first.</param>
public sealed record ChannelRule(
    byte Number, Party? Sender, bool IsPadded, int LargestMessage, bool MayFragment, int Priority);
