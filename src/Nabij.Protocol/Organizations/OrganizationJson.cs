namespace Nabij.Protocol.Organizations;

/// <summary>The members of the organization document as they are written.</summary>
internal sealed record OrganizationJson
{
    public required int Format { get; init; }

    public required string OrganizationId { get; init; }

    public required string Slug { get; init; }

    public required string DisplayName { get; init; }

    public required string LegalName { get; init; }

    public required string TradeNumber { get; init; }

    public required string Phone { get; init; }

    public required string AbuseContact { get; init; }

    public required string HelpUrl { get; init; }

    public required string Origin { get; init; }

    public required IReadOnlyList<string> Keys { get; init; }

    public required IReadOnlyList<string> DeniedTechnicians { get; init; }

    public required int MinimumVersion { get; init; }

    public required string Color { get; init; }

    public static OrganizationJson From(OrganizationDocument document) => new()
    {
        Format = 1,
        OrganizationId = document.OrganizationId,
        Slug = document.Slug,
        DisplayName = document.DisplayName,
        LegalName = document.LegalName,
        TradeNumber = document.TradeNumber,
        Phone = document.Phone,
        AbuseContact = document.AbuseContact,
        HelpUrl = document.HelpUrl,
        Origin = document.Origin,
        Keys = [.. document.Keys.Select(key => Convert.ToBase64String(key.Span))],
        DeniedTechnicians = [.. document.DeniedTechnicians.Select(id => Convert.ToHexStringLower(id.Span))],
        MinimumVersion = document.MinimumVersion,
        Color = document.Color,
    };
}
