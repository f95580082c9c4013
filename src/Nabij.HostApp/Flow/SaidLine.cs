namespace Nabij.HostApp.Flow;

/// <summary>One line of the chat as the customer sees it.</summary>
/// <param name="IsOwn">Whether the customer wrote it.</param>
/// <param name="Text">Own text, or peer text made fit to show.</param>
/// <param name="Time">When it was written or came, on this computer's clock.</param>
/// <param name="Who">Who wrote it, fit to show; null: the technician.</param>
internal sealed record SaidLine(bool IsOwn, string Text, DateTimeOffset Time, string? Who = null);
