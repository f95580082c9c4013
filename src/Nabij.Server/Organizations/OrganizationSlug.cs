namespace Nabij.Server.Organizations;

/// <summary>The organization's name in addresses: lower-case letters, digits and single hyphens between them, 1-40 characters.</summary>
internal static class OrganizationSlug
{
    private const int MaximumLength = 40;

    internal static bool IsValid(string slug) =>
        slug.Length is > 0 and <= MaximumLength && slug[0] != '-' && slug[^1] != '-' &&
        !slug.Contains("--", StringComparison.Ordinal) && slug.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
