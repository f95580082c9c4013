using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Settings;

/// <summary>Who the organization is, as the form holds it.</summary>
public sealed record DetailsForm
{
    public required string Name { get; init; }

    public required string LegalName { get; init; }

    public required string TradeNumber { get; init; }

    public required string Address { get; init; }

    public required string Phone { get; init; }

    public required string Email { get; init; }

    public required string AbuseContact { get; init; }

    public required string Language { get; init; }

    internal static DetailsForm Of(Organization organization) => new()
    {
        Name = organization.Name,
        LegalName = organization.LegalName,
        TradeNumber = organization.TradeNumber,
        Address = organization.Address,
        Phone = organization.Phone,
        Email = organization.Email,
        AbuseContact = organization.AbuseContact,
        Language = organization.Language,
    };

    internal static DetailsForm Read(IFormCollection fields) => new()
    {
        Name = fields.Word("name"),
        LegalName = fields.Word("legal-name"),
        TradeNumber = fields.Word("trade-number"),
        Address = fields.Lines("address"),
        Phone = fields.Word("phone"),
        Email = fields.Word("email"),
        AbuseContact = fields.Word("abuse-contact"),
        Language = fields.Word("language"),
    };

    internal IReadOnlyList<Problem> Check() =>
    [
        .. OrganizationRules.CheckName(Name), .. OrganizationRules.CheckRegister(LegalName, TradeNumber), .. OrganizationRules.CheckPlace(Address, Email),
        .. OrganizationRules.CheckContact(Phone, AbuseContact),
        .. Texts.Find(Language) is null ? (Problem[])[new Problem("problem.language", string.Join(", ", Texts.All.Order(StringComparer.Ordinal))).At("language")] : [],
    ];

    internal void Apply(Organization row)
    {
        (row.Name, row.LegalName, row.TradeNumber) = (Name, LegalName, TradeNumber);
        (row.Address, row.Phone, row.Email) = (Address, Phone, Email);
        (row.AbuseContact, row.Language) = (AbuseContact, Language);
    }
}
