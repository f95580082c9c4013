using Nabij.Protocol.Files;

namespace Nabij.HostCore.Files;

/// <summary>A transfer cannot go on, and why: the reason is for the peer and the windows, the message for the log. Neither names a path.</summary>
public sealed class TransferException : IOException
{
    public TransferException(TransferReason reason, string message)
        : base(message) => Reason = reason;

    public TransferReason Reason { get; }
}
