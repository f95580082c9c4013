using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Nabij.Protocol.Pictures;
using Nabij.Protocol.Wire;
using Nabij.Server.Accounts;
using Nabij.Server.Desk;
using Nabij.Server.Pages;
using Nabij.Server.Records;
using Nabij.Server.Storage;

namespace Nabij.Server.Pictures;

/// <summary>Sealed pictures: the desk keeps them, records hand them out as they are. Nothing here can open one.</summary>
internal static class PictureEndpoints
{
    internal const string MediaType = "application/octet-stream";

    private const int KeyIdDigits = 64;

    internal static async Task<Ok<PicturesSetup>> SetupAsync(HttpContext context, PicturesKeys keys)
    {
        var who = SignedIn.Of(context);
        var key = await keys.NewestAsync(who.OrganizationId, context.RequestAborted);
        return TypedResults.Ok(new PicturesSetup(
            who.OrganizationId.ToString("N"), key is null ? null : Convert.ToBase64String(key.PublicKey), who.SignInId, context.User.IsInRole(Role.Owner) || context.User.IsInRole(Role.Admin)));
    }

    internal static async Task<Results<Ok<PicturesAnswer>, ProblemHttpResult>> OwnAsync(string id, HttpContext context, KeptPictures pictures, TimeProvider time)
    {
        if (!DeskEndpoints.IsSessionId(id) || await pictures.OwnAsync(SignedIn.Of(context), id, context.RequestAborted) is not { } own)
            return DeskProblem.NotFound();
        var now = time.GetUtcNow();
        return TypedResults.Ok(new PicturesAnswer(
            [.. own.Select(one => new PictureAnswer(one.Id, one.TechnicianId.ToString("N"), one.KeyId, Math.Max(0, (long)(now - one.KeptAt).TotalSeconds)))]));
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> KeepAsync(string id, HttpContext context, KeptPictures pictures, TimeProvider time)
    {
        var who = SignedIn.Of(context);
        // Before four megabytes are read.
        var refusal = DeskEndpoints.IsSessionId(id) ? await pictures.MayKeepAsync(who, id, context.RequestAborted) : PictureRefusal.Unknown;
        if (refusal is not PictureRefusal.None)
            return Refused(refusal);
        if (context.Request.ContentType != MediaType || await BodyAsync(context.Request, context.RequestAborted) is not { } envelope)
            return Unformed();
        if (Formed(envelope, who, (id, time.GetUtcNow())) is not { } picture)
            return Unformed();
        refusal = await pictures.KeepAsync(who, picture, context.RequestAborted);
        return refusal is PictureRefusal.None ? TypedResults.NoContent() : Refused(refusal);
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveOwnAsync(Guid id, HttpContext context, KeptPictures pictures) =>
        await pictures.RemoveAsync(SignedIn.Of(context), id, isOverseer: false, context.RequestAborted) is null ? DeskProblem.NotFound() : TypedResults.NoContent();

    internal static async Task<IResult> ReadAsync(Guid id, HttpContext context, RecordsDoor door, ServerDatabase database)
    {
        var asker = await door.EnterAsync(context);
        var sessions = door.WholeSessions(asker).Select(line => line.Id);
        var envelope = await database.Set<KeptPicture>().Where(row => row.Id == id && sessions.Contains(row.SessionId)).Select(row => row.Envelope).SingleOrDefaultAsync(context.RequestAborted);
        return envelope is null ? Results.StatusCode(StatusCodes.Status404NotFound) : TypedResults.Bytes(envelope, MediaType);
    }

    internal static async Task<IResult> ReadKeyAsync(string id, HttpContext context, PicturesKeys keys)
    {
        var who = SignedIn.Of(context);
        var key = id.Length == KeyIdDigits ? await keys.FindAsync(who.OrganizationId, id, context.RequestAborted) : null;
        return key is null
            ? Results.StatusCode(StatusCodes.Status404NotFound)
            : TypedResults.Ok(new WrappedKeyAnswer(who.OrganizationId.ToString("N"), Convert.ToBase64String(key.Wrapped)));
    }

    /// <summary>From the page of the session: back to it.</summary>
    internal static async Task<IResult> RemoveAsync(Guid id, HttpContext context, RecordsDoor door, KeptPictures pictures)
    {
        var asker = await door.EnterAsync(context);
        return await pictures.RemoveAsync(asker.Who, id, asker.IsOne(Role.Owner, Role.Admin), context.RequestAborted) is { } session
            ? Found.At($"{RecordsFeature.Path}/sessions/{session}?done=picture&lang={asker.Page.Language}")
            : Results.StatusCode(StatusCodes.Status404NotFound);
    }

    /// <summary>The whole body; null when it is longer than any picture.</summary>
    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength is not ({ } length and >= PictureEnvelope.Smallest and <= PictureEnvelope.Largest))
            return null;
        var body = new byte[length];
        await request.Body.ReadExactlyAsync(body, cancellation);
        return body;
    }

    private static KeptPicture? Formed(byte[] envelope, SignedIn who, (string Session, DateTimeOffset At) kept)
    {
        try
        {
            var read = PictureEnvelope.Read(envelope);
            return new KeptPicture
            {
                OrganizationId = who.OrganizationId, Id = new Guid(read.Picture, bigEndian: true), SessionId = kept.Session, TechnicianId = who.AccountId,
                PicturesKeyId = Convert.ToHexStringLower(read.KeyId), Envelope = envelope, Bytes = envelope.Length, KeptAt = kept.At,
            };
        }
        catch (WireFormatException)
        {
            return null;
        }
    }

    private static ProblemHttpResult Unformed() => DeskProblem.Invalid($"The body is {MediaType}: a sealed picture of docs/protocol/14-kept-pictures.md, with its length.");

    private static ProblemHttpResult Refused(PictureRefusal refusal) => refusal switch
    {
        PictureRefusal.Closed => Conflict("pictures-closed", "The session is too long ago: nothing is added to it any more."),
        PictureRefusal.OtherKey => Conflict("other-key", "Pictures are sealed to the organization's newest pictures key. Ask for it again."),
        PictureRefusal.Taken => Conflict("picture-taken", "Another picture has this number."),
        PictureRefusal.TooMany => Conflict("too-many-pictures", $"One technician keeps at most {KeptPictures.MostPerSession} pictures with one session."),
        PictureRefusal.Full => Conflict("pictures-full", "The organization's pictures fill the room they have. Remove some, or shorten how long sessions are kept."),
        _ => DeskProblem.NotFound(),
    };

    private static ProblemHttpResult Conflict(string title, string detail) => TypedResults.Problem(title: title, detail: detail, statusCode: StatusCodes.Status409Conflict);
}
