using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.Desk.Notes;

/// <summary>The organization's texts for notes and its unit of time. Administrators change them, each change with a line in the audit chain.</summary>
internal sealed class NoteTemplates(DatabaseSource source, AuditLog audit, TimeProvider time)
{
    internal async Task<NotesSetup> SetupAsync(Guid organization, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        var row = await database.Set<Organization>().AsNoTracking().SingleAsync(row => row.Id == organization, cancellation);
        var templates = await ListAsync(database, cancellation);
        return new NotesSetup(templates.ConvertAll(one => new NotesSetup.Template(one.Name, one.Language, one.Text)), row.WorkUnitMinutes, row.WorkRounding);
    }

    internal async Task<(IReadOnlyList<NoteTemplate> Templates, WorkUnit Unit)> ReadAsync(Guid organization, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        var row = await database.Set<Organization>().AsNoTracking().SingleAsync(row => row.Id == organization, cancellation);
        return (await ListAsync(database, cancellation), new WorkUnit(row.WorkUnitMinutes, row.WorkRounding));
    }

    /// <returns>Why not; null when it is done.</returns>
    internal async Task<Problem?> AddAsync(SignedIn who, TemplateForm form, CancellationToken cancellation)
    {
        await using var database = source.Open(who.OrganizationId);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await database.Set<NoteTemplate>().CountAsync(cancellation) >= NoteTemplate.Most)
            return new Problem("templates.problem.many", NoteTemplate.Most);
        var template = new NoteTemplate
        {
            OrganizationId = who.OrganizationId, Id = Guid.NewGuid(), Name = form.Name, Language = form.Language, Text = form.Text,
            ChangedBy = who.AccountId, ChangedAt = time.GetUtcNow(),
        };
        database.Add(template);
        return await FinishAsync(database, who, ("template.added", template), transaction, cancellation);
    }

    /// <returns>False when there is no such template.</returns>
    internal async Task<bool> ChangeAsync(SignedIn who, Guid id, TemplateForm form, CancellationToken cancellation)
    {
        await using var database = source.Open(who.OrganizationId);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await FindAsync(database, id, cancellation) is not { } template)
            return false;
        (template.Name, template.Language, template.Text) = (form.Name, form.Language, form.Text);
        (template.ChangedBy, template.ChangedAt) = (who.AccountId, time.GetUtcNow());
        await FinishAsync(database, who, ("template.changed", template), transaction, cancellation);
        return true;
    }

    /// <returns>False when there is no such template.</returns>
    internal async Task<bool> RemoveAsync(SignedIn who, Guid id, CancellationToken cancellation)
    {
        await using var database = source.Open(who.OrganizationId);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await FindAsync(database, id, cancellation) is not { } template)
            return false;
        database.Remove(template);
        await FinishAsync(database, who, ("template.removed", template), transaction, cancellation);
        return true;
    }

    internal async Task ChangeUnitAsync(SignedIn who, WorkUnit unit, CancellationToken cancellation)
    {
        await using var database = source.Open(who.OrganizationId);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var row = await database.Set<Organization>().SingleAsync(row => row.Id == who.OrganizationId, cancellation);
        (row.WorkUnitMinutes, row.WorkRounding) = (unit.Minutes, unit.Rounding);
        await database.SaveChangesAsync(cancellation);
        var entry = new AuditEntry(who.AccountId.ToString(), "work-unit.changed", who.OrganizationId.ToString(), AuditEntry.Done, $"{unit.Minutes} minutes, {unit.Rounding}");
        await audit.RecordAsync(database, entry, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task<Problem?> FinishAsync(
        ServerDatabase database, SignedIn who, (string Action, NoteTemplate Template) done,
        Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, CancellationToken cancellation)
    {
        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), done.Action, done.Template.Id.ToString(), AuditEntry.Done, done.Template.Name), cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    private static Task<NoteTemplate?> FindAsync(ServerDatabase database, Guid id, CancellationToken cancellation) =>
        database.Set<NoteTemplate>().SingleOrDefaultAsync(row => row.Id == id, cancellation);

    private static Task<List<NoteTemplate>> ListAsync(ServerDatabase database, CancellationToken cancellation) =>
        database.Set<NoteTemplate>().AsNoTracking().OrderBy(row => row.Name).ThenBy(row => row.Id).ToListAsync(cancellation);
}
