using Microsoft.AspNetCore.Http.Timeouts;
using Nabij.Server.Accounts;
using Nabij.Server.Web;

namespace Nabij.Server.Records;

/// <summary>What the organization keeps about its sessions: history, consents, the audit log, figures; read, exported, and erased where somebody asks for it.</summary>
internal static class RecordsFeature
{
    internal const string Path = "/records", AuditPath = "/records/audit", ConsentsPath = "/records/consents", StatisticsPath = "/records/statistics";

    internal const string SettingsPath = "/records/settings", PersonPath = "/records/person";

    /// <summary>An export of everything may take a while; a reader that takes nothing ends it all the same.</summary>
    private static readonly TimeSpan ExportTimeout = TimeSpan.FromMinutes(10);

    internal static void AddRecords(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<RecordsDoor>();
        builder.Services.AddScoped<SessionReader>();
        builder.Services.AddScoped<ExportAnswer>();
        builder.Services.AddScoped<StatisticsReader>();
        builder.Services.AddScoped<PersonSearch>();
        builder.Services.AddScoped<PersonErasure>();
        builder.Services.AddSingleton<AuditProof>();
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Records, policy => policy.RequireRole(Role.Owner, Role.Admin, Role.Technician, Role.Auditor))
            .AddPolicy(Policies.AllRecords, policy => policy.RequireRole(Role.Owner, Role.Admin, Role.Auditor))
            .AddPolicy(Policies.AuditLog, policy => policy.RequireRole(Role.Owner, Role.Auditor))
            .AddPolicy(Policies.Statistics, policy => policy.RequireRole(Role.Owner, Role.Admin, Role.Auditor, Role.Reports));
    }

    internal static void MapRecords(this WebApplication app)
    {
        var own = app.MapGroup(Path).RequireAuthorization(Policies.Records);
        own.MapPage("", SessionEndpoints.ListAsync);
        own.MapPage("/sessions/{id}", SessionEndpoints.ShowAsync);
        own.MapPage("/sessions/{id}/report", SessionEndpoints.ReportAsync);
        own.MapPage("/consents/{id}", ConsentEndpoints.ReceiptAsync);

        var all = app.MapGroup(Path).RequireAuthorization(Policies.AllRecords);
        all.MapPage("/consents", ConsentEndpoints.ListAsync);
        all.MapExport("/sessions/export", Path, ExportEndpoints.SessionsAsync);
        all.MapExport("/consents/export", ConsentsPath, ExportEndpoints.ConsentsAsync);

        var audit = app.MapGroup(AuditPath).RequireAuthorization(Policies.AuditLog);
        audit.MapPage("", AuditEndpoints.ListAsync);
        audit.MapPost("/check", AuditEndpoints.CheckAsync);
        audit.MapExport("/export", AuditPath, AuditEndpoints.ExportAsync);

        var figures = app.MapGroup(StatisticsPath).RequireAuthorization(Policies.Statistics);
        figures.MapPage("", StatisticsEndpoints.ShowAsync);
        figures.MapPost("/export", StatisticsEndpoints.ExportAsync);

        var risky = app.MapGroup(Path).RequireAuthorization(Policies.Admin).RequireAuthorization(Policies.Confirmed);
        risky.MapPage("/settings", SettingsEndpoints.ShowAsync);
        risky.MapPost("/settings", SettingsEndpoints.ChangeAsync).WithMetadata(new ConfirmReturn(SettingsPath));
        risky.MapPage("/person", PersonRecordsEndpoints.ShowAsync);
        risky.MapPost("/person", PersonRecordsEndpoints.FindAsync).WithMetadata(new ConfirmReturn(PersonPath));
        risky.MapPost("/person/export", PersonRecordsEndpoints.ExportAsync).WithMetadata(new ConfirmReturn(PersonPath));
        risky.MapPost("/person/erase", PersonRecordsEndpoints.EraseAsync).WithMetadata(new ConfirmReturn(PersonPath));
    }

    /// <summary>Records that leave the server in bulk: a risky act, with time enough.</summary>
    private static void MapExport(this RouteGroupBuilder group, string pattern, string page, Delegate handler) =>
        group.MapPost(pattern, handler).RequireAuthorization(Policies.Confirmed).WithMetadata(new ConfirmReturn(page))
            .WithRequestTimeout(new RequestTimeoutPolicy { Timeout = ExportTimeout });
}
