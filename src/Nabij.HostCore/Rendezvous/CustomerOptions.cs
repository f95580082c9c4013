using Nabij.HostCore.Files;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Facts;
using Nabij.Protocol.Organizations;

namespace Nabij.HostCore.Rendezvous;

/// <summary>What the customer's side brings to a connection, all of it its own knowledge.</summary>
public sealed record CustomerOptions
{
    /// <summary>The verified document.</summary>
    public required OrganizationDocument Organization { get; init; }

    /// <summary>What the customer agreed to.</summary>
    public required ConsentRecord Consent { get; init; }

    /// <summary>What the customer wants to be called; made to fit REGISTER: at most 64 characters, none of them control characters.</summary>
    public required string CustomerName
    {
        get;
        init => field = CustomerNames.Fit(value);
    }

    /// <summary>Such as nl or nl-BE.</summary>
    public required string Language { get; init; }

    /// <summary>Such as linux-x64.</summary>
    public string Platform { get; init; } = "linux-x64";

    /// <summary>Name and version of the program, 1-64 characters.</summary>
    public required string Program { get; init; }

    /// <summary>The most that may ever be granted.</summary>
    public Permissions Ceiling { get; init; } =
        Permissions.View | Permissions.Chat | Permissions.Draw | Permissions.Pointer | Permissions.Keyboard
        | Permissions.ClipboardToHost | Permissions.ClipboardFromHost | Permissions.SystemInformation | FileWays.Both;

    /// <summary>Where files of the technician arrive; null where nothing can be copied, whatever the ceiling says.</summary>
    public ArrivalPlace? Files { get; init; }

    /// <summary>Gathers the facts about the computer; null: this computer's own. On a thread of the engine.</summary>
    public Func<IReadOnlyList<Fact>>? Facts { get; init; }

    /// <summary>Opens the host's socket.</summary>
    public required Func<CancellationToken, Task<ITransport>> Connect { get; init; }

    /// <summary>The desktop; the caller's, and alive until the connection is disposed.</summary>
    public required HostDesktop Desktop { get; init; }

    /// <summary>How long a lost connection may stay away before the session ends: 1-15 minutes, and never longer than the server waits.</summary>
    public TimeSpan ResumeWindow { get; init; } = TimeSpan.FromMinutes(5);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
