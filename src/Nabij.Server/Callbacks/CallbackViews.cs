using Nabij.Server.HelpPage;

namespace Nabij.Server.Callbacks;

/// <summary>What the customer's form shows.</summary>
public sealed record CallbackView
{
    public required CallbackForm Form { get; init; }

    /// <summary>The sentence that the customer agrees to.</summary>
    public required string Consent { get; init; }

    public required OpeningWords? Opening { get; init; }
}

/// <summary>What the customer reads after it.</summary>
public sealed record CallbackDoneView
{
    public required string Phone { get; init; }

    public required string Email { get; init; }

    public required string CheckNumber { get; init; }

    public required OpeningWords? Opening { get; init; }
}

/// <summary>The technicians' list.</summary>
public sealed record CallbacksView
{
    /// <summary>Who has the request that was to be changed; null where nothing stood in the way.</summary>
    public string? Holder { get; init; }

    public required IReadOnlyList<Line> Waiting { get; init; }

    public required IReadOnlyList<Line> Done { get; init; }

    public sealed record Line(CallbackLine Request, string Asked, string Handled);
}
