namespace Nabij.HostCore.Clipboard;

/// <summary>
/// The clipboard of the customer's desktop, text only. Read and written at an act of a person and at no other time.
/// Thread-safe; both take seconds at most, whatever other programs do, and fail by their result, not by an exception.
/// </summary>
public interface IClipboard : IDisposable
{
    /// <summary>What the customer copied last.</summary>
    Task<Copied> ReadAsync();

    /// <summary>
    /// Puts text there, with line feeds, which become the line ends of the system. False when the system did not take it.
    /// </summary>
    /// <exception cref="OperationCanceledException">Canceled before it was there: it is not.</exception>
    Task<bool> PlaceAsync(string text, CancellationToken cancellation);
}
