using Nabij.Server.Invitations;
using Nabij.Server.Terms;

namespace Nabij.Server.HelpPage;

/// <summary>What the help page shows.</summary>
public sealed record HelpPageView
{
    public required IReadOnlyList<TextBlock> Terms { get; init; }

    public required IReadOnlyList<TextBlock> Licence { get; init; }

    /// <summary>Language of the two texts; another than the page's where the shop has none in it.</summary>
    public required string TextLanguage { get; init; }

    public required string Version { get; init; }

    public required string TermsSha256 { get; init; }

    public required AcceptanceForm Form { get; init; }

    public required Device Device { get; init; }

    /// <summary>The address to type on the computer, without the scheme.</summary>
    public required string ShortAddress { get; init; }

    /// <summary>Platforms whose program can be downloaded here now.</summary>
    public required IReadOnlyList<string> Platforms { get; init; }

    /// <summary>The shop's own words; empty lists where it has none.</summary>
    public required HelpWords Words { get; init; }

    public required Availability Availability { get; init; }

    /// <summary>The visitor came by an invitation.</summary>
    public InvitationWords? Invitation { get; init; }

    public required int AcceptanceMonths { get; init; }

    public required int SessionMonths { get; init; }
}
