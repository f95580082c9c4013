namespace Nabij.Server.Pages;

/// <summary>What every page knows: whose it is, in which language, for whom. Made per answer by PageContexts.</summary>
public sealed record PageContext
{
    public required Texts Texts { get; init; }

    /// <summary>Null when the database cannot be read; error pages show even then.</summary>
    public required Shop? Shop { get; init; }

    /// <summary>The nonce for this answer's scripts.</summary>
    public required string Nonce { get; init; }

    /// <summary>The form token; empty on pages without a form.</summary>
    public required string FormToken { get; init; }

    /// <summary>Name of the signed-in person, or null.</summary>
    public required string? SignedInName { get; init; }

    /// <summary>The signed-in person's account as 32 hex digits, or null.</summary>
    public required string? SignedInId { get; init; }

    /// <summary>The path of this page, for the links to other languages.</summary>
    public required string Path { get; init; }

    /// <summary>What the links to other languages carry besides the language; begins with "&amp;" or is empty.</summary>
    public required string KeptQuery { get; init; }

    /// <summary>Names the organization in addresses whose path does not, where the reader's address did; begins with "&amp;" or is empty.</summary>
    public string ShopQuery { get; init; } = "";

    /// <summary>The signed-in person's roles.</summary>
    public IReadOnlyCollection<string> Roles { get; init; } = [];

    public string Language => Texts.Language;

    /// <summary>This page in another language.</summary>
    public string AddressIn(string language) => $"{Path}?lang={language}{KeptQuery}";
}
