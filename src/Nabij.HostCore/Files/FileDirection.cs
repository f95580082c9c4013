namespace Nabij.HostCore.Files;

/// <summary>
/// Whether one way is in force for the worker, and what it still has to carry out of what changed. Written under the
/// inbox's lock; <see cref="Era"/> is read without it, right before a disk or the line is touched.
/// </summary>
internal sealed class FileDirection
{
    private volatile int era;
    private volatile bool isOpen;

    /// <summary>One more each time the way was opened or closed: what was taken in another one has no effect any more.</summary>
    public int Era => era;

    public bool IsOpen => isOpen;

    /// <summary>It has been open once, so there may be transfers.</summary>
    public bool HasBeenOpen { get; private set; }

    public bool MustBreak { get; set; }

    public bool MustEnd { get; set; }

    public bool MustRenew { get; set; }

    public bool HasWork => MustBreak || MustEnd || MustRenew;

    public void Open()
    {
        (isOpen, HasBeenOpen, MustRenew) = (true, true, true);
        era++;
    }

    public void Close()
    {
        (isOpen, MustBreak, MustRenew) = (false, true, false);
        era++;
    }
}
