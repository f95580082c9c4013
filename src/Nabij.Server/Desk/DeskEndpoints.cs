using Microsoft.AspNetCore.Http.HttpResults;
using Nabij.Protocol.Organizations;
using Nabij.Server.Accounts;
using Nabij.Server.Desk.Waiting;
using Nabij.Server.Rendezvous;
using Nabij.Server.Web;

namespace Nabij.Server.Desk;

/// <summary>
/// What the desk's addresses do. Each checks its own input: the framework's validation passes over what it does not
/// know. The organization is always the one of the sign-in, never one that the request names.
/// </summary>
internal static class DeskEndpoints
{
    private const int SessionIdDigits = 32;

    internal static async Task<Ok<WaitingList>> ListAsync(HttpContext context, WaitingBoard board) =>
        TypedResults.Ok((await board.ReadAsync(Who(context).OrganizationId, context.RequestAborted)).ToList());

    internal static IResult Follow(HttpContext context, DeskEvents events) =>
        events.TryOpen(Who(context), out var stream)
            ? TypedResults.ServerSentEvents(stream.ReadAsync(context.RequestAborted))
            : DeskProblem.TooManyStreams();

    internal static async Task<Results<Ok<TicketAnswer>, ProblemHttpResult>> IssueTicketAsync(
        TicketRequest request, HttpContext context, Tickets tickets, WrongCodes wrongCodes, WaitingBoard board)
    {
        if (request.Nameplate is not { } nameplate || !Protocol.Rendezvous.Nameplate.IsValid(nameplate))
            return DeskProblem.Invalid("nameplate is three digits beginning 0-7, or four beginning 8-9.");
        var who = Who(context);
        var address = RateLimits.AddressKey(context.Connection.RemoteIpAddress);
        if (await wrongCodes.FindPauseAsync(who.OrganizationId, who.AccountId, address, context.RequestAborted) is { } pause)
            return DeskProblem.Paused(pause, context);
        if (await board.FindOthersClaimAsync(who, nameplate, context.RequestAborted) is { } claim)
            return DeskProblem.Claimed(claim);
        var ticket = tickets.Issue(new Ticket(who.OrganizationId, who.AccountId, who.SignInId, nameplate) { Address = address });
        return TypedResults.Ok(new TicketAnswer(ticket, (int)Tickets.Lifetime.TotalSeconds));
    }

    internal static async Task<Results<Ok<CertificateAnswer>, ProblemHttpResult>> CertifyAsync(
        CertificateRequest request, HttpContext context, CertificateDesk desk)
    {
        var point = new byte[P256.PointBytes];
        if (request.PublicKey is not { } text || !Convert.TryFromBase64String(text, point, out var length) || length != point.Length || !P256.IsPoint(point))
            return DeskProblem.Invalid("publicKey is the base64 form of a point of P-256: 65 bytes, the first of them 4.");
        var (answer, endedAt) = await desk.CertifyAsync(Who(context), point, context.RequestAborted);
        return answer is not null ? TypedResults.Ok(answer) : DeskProblem.Uncertified(endedAt);
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> StartAsync(SessionRequest request, HttpContext context, TechnicianRuns runs)
    {
        if (request.Session is not { } session || !IsSessionId(session))
            return DeskProblem.Invalid("session is the number that PAIRED carried: 32 hex digits.");
        var who = Who(context);
        return await runs.StartAsync(who.OrganizationId, who.AccountId, session, context.RequestAborted)
            ? TypedResults.NoContent()
            : DeskProblem.NotFound();
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(string id, EndRequest request, HttpContext context, SessionLedger ledger)
    {
        if (!IsSessionId(id) || request.Reason is not { } reason || !EndReasons.IsKnown(reason))
            return DeskProblem.Invalid("reason is an end reason of the protocol, such as technician-ended, or connection-lost.");
        var who = Who(context);
        return await ledger.ExplainAsync(who.OrganizationId, who.AccountId, id, reason, context.RequestAborted)
            ? TypedResults.NoContent()
            : DeskProblem.NotFound();
    }

    /// <summary>"I take this one", or, with <c>over</c>, "I take it over from a colleague".</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> ClaimAsync(ClaimRequest request, HttpContext context, WaitingBoard board)
    {
        if (request.Place is not { } place)
            return DeskProblem.Invalid("place names a waiting customer, as the list does.");
        var (outcome, other) = await board.ClaimAsync(Who(context), place, request.Over ?? false, context.RequestAborted);
        return outcome switch
        {
            ClaimOutcome.Taken => TypedResults.NoContent(),
            ClaimOutcome.Held when other is not null => DeskProblem.Claimed(other),
            ClaimOutcome.TooMany => DeskProblem.TooManyClaims(),
            _ => DeskProblem.NotFound(),
        };
    }

    /// <summary>Gives a customer back to everybody.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> ReleaseClaimAsync(Guid id, HttpContext context, WaitingBoard board) =>
        await board.ReleaseAsync(Who(context), id, context.RequestAborted) ? TypedResults.NoContent() : DeskProblem.NotFound();

    internal static bool IsSessionId(string text) =>
        text.Length == SessionIdDigits && text.All(digit => char.IsAsciiDigit(digit) || digit is >= 'a' and <= 'f');

    private static SignedIn Who(HttpContext context) =>
        SignedIn.From(context.User) ?? throw new InvalidOperationException("The policy let somebody in who is not signed in.");
}
