using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Storage;
using Nabij.Server.Terms;

namespace Nabij.Server.Organizations;

/// <summary>Makes an organization whole: row, signing key, owner, all in one transaction or not at all.</summary>
internal sealed class OrganizationSetup(
    ServerDatabase database, OrganizationScope scope, OrganizationKeys keys, AccountRegistration registration, AuditLog audit, TimeProvider clock)
{
    private static readonly string[] OwnerRoles = [Role.Owner, Role.Technician];

    /// <summary>What the set-up is asked to make; checked by <see cref="Check"/>.</summary>
    internal sealed record Request
    {
        internal required string Name { get; init; }

        internal required string Slug { get; init; }

        internal required string OwnerEmail { get; init; }

        internal required string OwnerPassword { get; init; }

        internal required string OwnerName { get; init; }

        internal string LegalName { get; init; } = "";

        internal string TradeNumber { get; init; } = "";

        internal string Phone { get; init; } = "";

        internal string Color { get; init; } = "#0b5c7a";

        internal string Origin { get; init; } = "";

        internal string Language { get; init; } = "nl";

        internal bool DemandsSecondFactor { get; init; } = true;
    }

    /// <returns>The organization, or the reasons why it cannot be made.</returns>
    internal async Task<(Organization? Organization, IReadOnlyList<string> Problems)> CreateAsync(Request request, CancellationToken cancellation)
    {
        if (Check(request) is { Count: > 0 } problems)
            return (null, problems);

        var organization = Row(request);
        scope.Enter(organization.Id);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await database.Set<Organization>().AnyAsync(row => row.Slug == organization.Slug, cancellation))
            return (null, [$"There is an organization with the slug \"{request.Slug}\" already."]);

        database.Add(organization);
        database.AddRange(TermsTemplates.Fill(organization, clock.GetUtcNow()));
        await database.SaveChangesAsync(cancellation);
        var (owner, refused) = await registration.CreateAsync(request.OwnerEmail, request.OwnerPassword, request.OwnerName, OwnerRoles);
        if (owner is null)
            return (null, refused);

        await audit.RecordAsync(database, new AuditEntry("command", "organization.created", organization.Id.ToString(), AuditEntry.Done, $"slug {organization.Slug}"), cancellation);
        keys.Create(organization.Id);
        try
        {
            await transaction.CommitAsync(cancellation);
        }
        catch
        {
            keys.Remove(organization.Id);
            throw;
        }

        return (organization, []);
    }

    private Organization Row(Request request) => new()
    {
        Id = new Guid(RandomNumberGenerator.GetBytes(16)),
        Slug = request.Slug,
        Name = request.Name,
        LegalName = request.LegalName,
        TradeNumber = request.TradeNumber,
        Phone = request.Phone,
        Color = request.Color,
        Origin = request.Origin,
        Language = request.Language,
        DemandsSecondFactor = request.DemandsSecondFactor,
        CreatedAt = clock.GetUtcNow(),
    };

    /// <summary>Limits of docs/protocol/02, "Organization document".</summary>
    private static List<string> Check(Request request)
    {
        var problems = new List<string>();
        if (!OrganizationSlug.IsValid(request.Slug))
            problems.Add($"\"{request.Slug}\" cannot be a slug: take 1 to 40 lower-case letters, digits and single hyphens, such as \"computer-shop\".");
        Text("The organization's name", request.Name, 1, 64);
        Text("The legal name", request.LegalName, 0, 128);
        Text("The trade number", request.TradeNumber, 0, 32);
        Text("The phone number", request.Phone, 0, 32);
        if (request.Color is not ['#', .. { Length: 6 } digits] || digits.Any(digit => !char.IsAsciiHexDigitLower(digit)))
            problems.Add("The color must look like #0b5c7a.");
        if (request.Language is not ("nl" or "en"))
            problems.Add("The language must be nl or en.");
        return problems;

        void Text(string what, string value, int minimum, int maximum)
        {
            var bytes = Encoding.UTF8.GetByteCount(value);
            if (bytes < minimum || bytes > maximum || value.Any(char.IsControl))
                problems.Add($"{what} must have {minimum} to {maximum} bytes and no control characters.");
        }
    }
}
