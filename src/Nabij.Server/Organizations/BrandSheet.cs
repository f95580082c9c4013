namespace Nabij.Server.Organizations;

/// <summary>
/// An organization's colors as a style sheet, because the content policy allows no inline styles. Text on them and links
/// are readable whatever was chosen (<see cref="BrandColor"/>).
/// </summary>
internal static class BrandSheet
{
    internal static string Of(string color, string accentColor)
    {
        var accent = accentColor.Length > 0 ? accentColor : color;
        return $$"""
            :root {
              --brand: {{color}}; --on-brand: {{BrandColor.TextOn(color)}};
              --accent: {{accent}}; --on-accent: {{BrandColor.TextOn(accent)}}; --accent-hover: {{BrandColor.Hovered(accent)}};
              --link: {{BrandColor.ReadableOn(accent, BrandColor.LightGround)}};
            }

            @media (prefers-color-scheme: dark) {
              :root { --link: {{BrandColor.ReadableOn(accent, BrandColor.DarkGround)}}; }
            }

            """;
    }
}
