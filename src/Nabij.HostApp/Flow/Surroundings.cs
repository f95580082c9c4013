using Nabij.HostCore;
using Nabij.HostCore.Session;

namespace Nabij.HostApp.Flow;

/// <summary>What the flow needs of the world besides windows.</summary>
internal sealed record Surroundings
{
    public required TimeProvider Time { get; init; }

    /// <summary>The language to begin with, two letters.</summary>
    public required string Language { get; init; }

    /// <summary>A client for a server's pages: no redirects, no cookies, with a timeout. It stays the giver's.</summary>
    public required Func<Uri, HttpClient> Pages { get; init; }

    /// <summary>Opens the host's socket to a server.</summary>
    public required Func<Uri, CancellationToken, Task<ITransport>> Connect { get; init; }

    /// <summary>
    /// Opens the desktop that is shared; the flow disposes it. Throws <see cref="HostCore.Picture.ScreenLostException"/> when there is none.
    /// </summary>
    public required Func<HostDesktop> OpenDesktop { get; init; }

    /// <summary>The person's folder for downloads, which exists; null when there is none: then nothing can be copied.</summary>
    public string? Downloads { get; init; }

    /// <summary>The program's own file, as the customer finds it; null where it is not known.</summary>
    public string? ProgramFile { get; init; }

    /// <summary>The files that are kept for 30 days; null where none can be.</summary>
    public Keeping? Keeping { get; init; }

    /// <summary>Writes a fault of our own where a person who looks for it finds it; never a secret.</summary>
    public required Action<Exception> Report { get; init; }
}
