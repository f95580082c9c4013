using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Pages;
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

        internal string AbuseContact { get; init; } = "";

        internal string Color { get; init; } = "#0b5c7a";

        internal string Origin { get; init; } = "";

        internal string Language { get; init; } = "nl";

        internal bool DemandsSecondFactor { get; init; } = true;

        /// <summary>The public half of a key that is kept elsewhere (91 bytes); null: this server makes the key and holds it.</summary>
        internal byte[]? OfflineKey { get; init; }
    }

    /// <returns>The organization, or the reasons why it cannot be made.</returns>
    internal async Task<(Organization? Organization, IReadOnlyList<Problem> Problems)> CreateAsync(Request request, CancellationToken cancellation)
    {
        if (Check(request) is { Count: > 0 } problems)
            return (null, problems);

        var organization = Row(request);
        scope.Enter(organization.Id);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await database.Set<Organization>().AnyAsync(row => row.Slug == organization.Slug, cancellation))
            return (null, [new Problem("problem.slug-taken", request.Slug).At("slug")]);

        database.Add(organization);
        database.AddRange(TermsTemplates.Fill(organization, clock.GetUtcNow()));
        await database.SaveChangesAsync(cancellation);
        var (owner, refused) = await registration.CreateAsync(request.OwnerEmail, request.OwnerPassword, request.OwnerName, OwnerRoles);
        if (owner is null)
            return (null, [.. refused.Select(problem => problem.Field.Length > 0 ? problem.At($"owner-{problem.Field}") : problem)]);

        await audit.RecordAsync(database, new AuditEntry("command", "organization.created", organization.Id.ToString(), AuditEntry.Done, $"slug {organization.Slug}"), cancellation);
        if (request.OfflineKey is { } offline)
            keys.Adopt(organization.Id, offline);
        else
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
        AbuseContact = request.AbuseContact,
        Color = request.Color,
        Origin = request.Origin,
        Language = request.Language,
        DemandsSecondFactor = request.DemandsSecondFactor,
        CreatedAt = clock.GetUtcNow(),
    };

    private static List<Problem> Check(Request request)
    {
        var problems = new List<Problem>();
        if (!OrganizationSlug.IsValid(request.Slug))
            problems.Add(new Problem("problem.slug", request.Slug).At("slug"));
        problems.AddRange(OrganizationRules.CheckName(request.Name));
        problems.AddRange(OrganizationRules.CheckRegister(request.LegalName, request.TradeNumber));
        problems.AddRange(OrganizationRules.CheckContact(request.Phone, request.AbuseContact));
        problems.AddRange(OrganizationRules.CheckColor(request.Color));
        if (Texts.Find(request.Language) is null)
            problems.Add(new Problem("problem.language", string.Join(", ", Texts.All.Order(StringComparer.Ordinal))).At("language"));
        return problems;
    }
}
