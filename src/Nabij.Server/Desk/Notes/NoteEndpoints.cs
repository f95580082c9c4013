using Microsoft.AspNetCore.Http.HttpResults;
using Nabij.Server.Accounts;

namespace Nabij.Server.Desk.Notes;

/// <summary>What the desk's script calls about notes and time worked. Whose session it is, is asked of the database, never of the request.</summary>
internal static class NoteEndpoints
{
    internal static async Task<Ok<NotesSetup>> SetupAsync(HttpContext context, NoteTemplates templates) =>
        TypedResults.Ok(await templates.SetupAsync(SignedIn.Of(context).OrganizationId, context.RequestAborted));

    internal static async Task<Ok<RecentSessions>> RecentAsync(HttpContext context, SessionNotes notes) =>
        TypedResults.Ok(new RecentSessions(await notes.RecentAsync(SignedIn.Of(context), context.RequestAborted)));

    internal static async Task<Results<Ok<NoteAnswer>, ProblemHttpResult>> FindAsync(string id, HttpContext context, SessionNotes notes)
    {
        var found = DeskEndpoints.IsSessionId(id) ? await notes.FindAsync(SignedIn.Of(context), id, context.RequestAborted) : null;
        return found is null ? DeskProblem.NotFound() : TypedResults.Ok(found);
    }

    internal static async Task<Results<Ok<NoteSaved>, ProblemHttpResult>> SaveAsync(string id, NoteRequest request, HttpContext context, SessionNotes notes)
    {
        if (!DeskEndpoints.IsSessionId(id) || request.Revision is not { } revision || revision < 0 || TypedText.Read(request.Text, SessionNote.LongestText) is not { } text)
            return DeskProblem.Invalid($"text is at most {SessionNote.LongestText} characters without control characters; revision is the last one seen, 0 for none.");
        var (saved, refusal) = await notes.SaveAsync(SignedIn.Of(context), id, (text, revision), context.RequestAborted);
        return saved is { } number ? TypedResults.Ok(new NoteSaved(number)) : Refused(refusal);
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> SaveTimeAsync(string id, TimeRequest request, HttpContext context, SessionNotes notes)
    {
        var longest = (long)SessionNotes.LongestTime.TotalSeconds;
        if (!DeskEndpoints.IsSessionId(id) || request.Counted is not { } counted || counted < 0 || request.Corrected < 0 || request.Corrected > longest)
            return DeskProblem.Invalid($"counted and corrected are seconds; corrected is null or at most {longest}.");
        var refusal = await notes.SaveTimeAsync(SignedIn.Of(context), id, (counted, request.Corrected), context.RequestAborted);
        return refusal is NoteRefusal.None ? TypedResults.NoContent() : Refused(refusal);
    }

    private static ProblemHttpResult Refused(NoteRefusal refusal) => refusal switch
    {
        NoteRefusal.Closed => TypedResults.Problem(
            title: "closed", detail: $"Notes and times may be changed until {SessionNotes.OpenFor.TotalDays} days after the session.", statusCode: StatusCodes.Status409Conflict),
        NoteRefusal.Changed => TypedResults.Problem(
            title: "changed", detail: "Another page has saved another text since. Read it before you save yours.", statusCode: StatusCodes.Status409Conflict),
        NoteRefusal.TooLong => DeskProblem.Invalid("counted is longer than the session has lasted."),
        _ => DeskProblem.NotFound(),
    };
}
