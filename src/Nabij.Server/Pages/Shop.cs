namespace Nabij.Server.Pages;

/// <summary>The organization as pages show it. In texts for customers it is "the shop".</summary>
public sealed record Shop(string Slug, string Name, string Phone, string LegalName, string TradeNumber)
{
    /// <summary>Where customers find it, a line each.</summary>
    public IReadOnlyList<string> Address { get; init; } = [];

    public string Email { get; init; } = "";

    public string AbuseContact { get; init; } = "";

    public ShopLogo? Logo { get; init; }
}

/// <summary>The shop's picture.</summary>
/// <param name="Path">On this server; another for another picture.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record ShopLogo(string Path, int Width, int Height);
