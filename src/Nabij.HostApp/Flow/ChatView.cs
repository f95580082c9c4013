namespace Nabij.HostApp.Flow;

/// <summary>What the chat's window shows.</summary>
internal sealed record ChatView
{
    /// <summary>Both people's lines, oldest first.</summary>
    public required IReadOnlyList<SaidLine> Lines { get; init; }

    /// <summary>How many lines the customer wrote in all.</summary>
    public ulong Said { get; init; }

    /// <summary>How many of them have arrived.</summary>
    public ulong Delivered { get; init; }

    /// <summary>How many of them were shown to the technician.</summary>
    public ulong Seen { get; init; }

    /// <summary>What is typed and not sent.</summary>
    public string Draft { get; init; } = string.Empty;

    /// <summary>Whether sending failed because too much has not arrived.</summary>
    public bool IsFull { get; init; }

    /// <summary>Whether the customer allows messages.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>Whether Stop holds the technician's messages back.</summary>
    public bool IsStopped { get; init; }
}
