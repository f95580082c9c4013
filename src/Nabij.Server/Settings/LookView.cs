using System.Globalization;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;

namespace Nabij.Server.Settings;

/// <summary>What the page of colors and logo shows.</summary>
public sealed record LookView
{
    public required string Color { get; init; }

    /// <summary>Empty for the same.</summary>
    public required string AccentColor { get; init; }

    /// <summary>The page shows colors that are not kept yet.</summary>
    public bool IsPreview { get; init; }

    public bool IsDone { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;

    /// <summary>Both are colors: what was typed beside a problem may be none.</summary>
    internal bool IsUsable => BrandColor.IsValid(Color) && (AccentColor.Length == 0 || BrandColor.IsValid(AccentColor));

    /// <summary>Each pair of colors that must be told apart, with its contrast.</summary>
    internal IEnumerable<(string Key, string Text, string Ground)> Pairs()
    {
        var accent = AccentColor.Length > 0 ? AccentColor : Color;
        yield return ("look.pair.top", BrandColor.TextOn(Color), Color);
        yield return ("look.pair.button", BrandColor.TextOn(accent), accent);
        yield return ("look.pair.link", BrandColor.ReadableOn(accent, BrandColor.LightGround), BrandColor.LightGround);
        yield return ("look.pair.link-dark", BrandColor.ReadableOn(accent, BrandColor.DarkGround), BrandColor.DarkGround);
    }

    /// <summary>Whether the color of links had to be changed to be readable.</summary>
    internal bool IsLinkAdapted => (AccentColor.Length > 0 ? AccentColor : Color) is var accent && BrandColor.ReadableOn(accent, BrandColor.LightGround) != accent;

    /// <summary>Whether buttons hardly differ from the page around them.</summary>
    internal bool IsPale => BrandColor.Contrast(AccentColor.Length > 0 ? AccentColor : Color, "#ffffff") < BrandColor.EnoughForShapes;

    internal static string Ratio(Texts texts, string one, string other) =>
        (Math.Floor(BrandColor.Contrast(one, other) * 10) / 10).ToString("0.0", CultureInfo.InvariantCulture).Replace(".", texts["number.decimal"], StringComparison.Ordinal);
}
