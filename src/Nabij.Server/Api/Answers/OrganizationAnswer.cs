namespace Nabij.Server.Api.Answers;

/// <summary>The organization as customers see it.</summary>
public sealed record OrganizationAnswer(
    string Slug, string Name, string LegalName, string TradeNumber, string Phone, string Language, string TimeZone, string Color, string HelpPage);
