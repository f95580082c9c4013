namespace Nabij.HostCore.Clipboard;

/// <summary>A clipboard without a desktop: it holds what was put there.</summary>
public sealed class MemoryClipboard : IClipboard
{
    private readonly Lock gate = new();
    private Copied copied = new(CopiedKind.Empty);

    /// <summary>What is there.</summary>
    public Copied Copied
    {
        get { lock (gate) return copied; }
        set { lock (gate) copied = value; }
    }

    public Task<Copied> ReadAsync() => Task.FromResult(Copied);

    public Task<bool> PlaceAsync(string text, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Copied = new Copied(CopiedKind.Text, text);
        return Task.FromResult(true);
    }

    public void Dispose()
    {
    }
}
