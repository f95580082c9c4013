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
            .AddPolicy(Policies.Records, policy => policy.RequireRole(Role.Owner, Role.Admin, Role.Technician))
            .AddPolicy(Policies.Receipts, policy => policy.RequireRole(Role.Owner, Role.Admin, Role.Technician, Role.Auditor))
            .AddPolicy(Policies.Consents, policy => policy.RequireRole(Role.Owner, Role.Admin, Role.Auditor))
            .AddPolicy(Policies.AuditLog, policy => policy.RequireRole(Role.Owner, Role.Auditor))
            .AddPolicy(Policies.Statistics, policy => policy.RequireRole(Role.Owner, Role.Admin, Role.Auditor, Role.Reports));
    }

    internal static void MapRecords(this WebApplication app)
    {
        var own = app.MapGroup(Path).RequireAuthorization(Policies.Records);
        own.MapMethods("", PageRoutes.Verbs, SessionEndpoints.ListAsync);
        own.MapMethods("/sessions/{id}", PageRoutes.Verbs, SessionEndpoints.ShowAsync);
        own.MapMethods("/sessions/{id}/report", PageRoutes.Verbs, SessionEndpoints.ReportAsync);

        var receipts = app.MapGroup(Path).RequireAuthorization(Policies.Receipts);
        receipts.MapMethods("/consents/{id}", PageRoutes.Verbs, ConsentEndpoints.ReceiptAsync);

        var all = app.MapGroup(Path).RequireAuthorization(Policies.Admin);
        all.MapPost("/sessions/export", ExportEndpoints.SessionsAsync).AsExport(Path);

        var consents = app.MapGroup(Path).RequireAuthorization(Policies.Consents);
        consents.MapMethods("/consents", PageRoutes.Verbs, ConsentEndpoints.ListAsync);
        consents.MapPost("/consents/export", ExportEndpoints.ConsentsAsync).AsExport(ConsentsPath);

        var audit = app.MapGroup(AuditPath).RequireAuthorization(Policies.AuditLog);
        audit.MapMethods("", PageRoutes.Verbs, (Delegate)AuditEndpoints.ListAsync);
        audit.MapPost("/check", AuditEndpoints.CheckAsync).RequireRateLimiting(RateLimits.AuditChecks);
        audit.MapPost("/export", AuditEndpoints.ExportAsync).AsExport(AuditPath);

        var figures = app.MapGroup(StatisticsPath).RequireAuthorization(Policies.Statistics);
        figures.MapMethods("", PageRoutes.Verbs, StatisticsEndpoints.ShowAsync);
        figures.MapPost("/export", StatisticsEndpoints.ExportAsync);

        var risky = app.MapGroup(Path).RequireAuthorization(Policies.Admin).RequireAuthorization(Policies.Confirmed);
        risky.MapMethods("/settings", PageRoutes.Verbs, SettingsEndpoints.ShowAsync);
        risky.MapPost("/settings", SettingsEndpoints.ChangeAsync).WithMetadata(new ConfirmReturn(SettingsPath));
        risky.MapMethods("/person", PageRoutes.Verbs, PersonRecordsEndpoints.ShowAsync);
        risky.MapPost("/person", PersonRecordsEndpoints.FindAsync).WithMetadata(new ConfirmReturn(PersonPath));
        risky.MapPost("/person/export", PersonRecordsEndpoints.ExportAsync).WithMetadata(new ConfirmReturn(PersonPath));
        risky.MapPost("/person/erase", PersonRecordsEndpoints.EraseAsync).WithMetadata(new ConfirmReturn(PersonPath));
    }

    /// <summary>Records that leave the server in bulk: a risky act, with time enough.</summary>
    private static void AsExport(this RouteHandlerBuilder route, string page) =>
        route.RequireAuthorization(Policies.Confirmed).WithMetadata(new ConfirmReturn(page)).WithRequestTimeout(new RequestTimeoutPolicy { Timeout = ExportTimeout });
}
