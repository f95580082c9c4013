using Nabij.Server.Accounts;
using Nabij.Server.Web;

namespace Nabij.Server.Desk.Notes;

/// <summary>Notes of sessions, time worked, and the organization's texts for them.</summary>
internal static class NotesFeature
{
    internal static void AddNotes(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, NotesJson.Default));
        builder.Services.AddSingleton<SessionNotes>();
        builder.Services.AddSingleton<NoteTemplates>();
    }

    internal static void MapNotes(this WebApplication app)
    {
        var desk = app.MapGroup("/desk").RequireAuthorization(Policies.Technician);
        desk.MapGet("/notes", NoteEndpoints.RecentAsync);
        desk.MapGet("/notes/setup", NoteEndpoints.SetupAsync);
        desk.MapGet("/sessions/{id}/note", NoteEndpoints.FindAsync);
        desk.MapPost("/sessions/{id}/note", NoteEndpoints.SaveAsync);
        desk.MapPost("/sessions/{id}/time", NoteEndpoints.SaveTimeAsync);

        var texts = app.MapGroup(TemplateEndpoints.Path).RequireAuthorization(Policies.Admin);
        texts.MapMethods("", PageRoutes.Verbs, TemplateEndpoints.ShowAsync);
        texts.MapPost("", TemplateEndpoints.AddAsync);
        texts.MapPost("/unit", TemplateEndpoints.ChangeUnitAsync);
        texts.MapPost("/{id:guid}", TemplateEndpoints.ChangeAsync);
        texts.MapPost("/{id:guid}/remove", TemplateEndpoints.RemoveAsync);
    }
}
