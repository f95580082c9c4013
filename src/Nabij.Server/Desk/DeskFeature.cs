using Nabij.Server.Accounts;
using Nabij.Server.Desk.Notes;
using Nabij.Server.Desk.Waiting;

namespace Nabij.Server.Desk;

/// <summary>The addresses that the desk's script calls. All are the technician's; unsafe verbs carry the form token.</summary>
internal static class DeskFeature
{
    internal static void AddDeskApi(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, DeskJson.Default));
        builder.Services.AddSingleton<ClaimBook>();
        builder.Services.AddSingleton<WaitingBoard>();
        builder.Services.AddSingleton<DeskEvents>();
        builder.Services.AddSingleton<CertificateDesk>();
        builder.AddNotes();
    }

    internal static void MapDeskApi(this WebApplication app)
    {
        var desk = app.MapGroup("/desk").RequireAuthorization(Policies.Technician);
        desk.MapGet("/waiting", DeskEndpoints.ListAsync).WithMetadata(Unattended.Mark);
        desk.MapGet("/events", DeskEndpoints.Follow).DisableRequestTimeout().WithMetadata(Unattended.Mark);
        desk.MapPresence();
        desk.MapPost("/claims", DeskEndpoints.ClaimAsync);
        desk.MapPost("/claims/{id:guid}/release", DeskEndpoints.ReleaseClaimAsync);
        desk.MapPost("/tickets", DeskEndpoints.IssueTicketAsync);
        desk.MapPost("/certificate", DeskEndpoints.CertifyAsync);
        desk.MapPost("/sessions", DeskEndpoints.StartAsync);
        desk.MapPost("/sessions/{id}/ended", DeskEndpoints.EndAsync);
        app.MapNotes();
    }
}
