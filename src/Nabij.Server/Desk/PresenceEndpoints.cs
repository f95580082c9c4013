using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Accounts;
using Nabij.Server.Storage;

namespace Nabij.Server.Desk;

/// <summary>
/// The desk is open all day and follows its list by itself, which is no use of a sign-in. It says here that a person is at it
/// (POST, like every use), and asks how long the sign-in lasts (GET, which changes nothing).
/// </summary>
internal static class PresenceEndpoints
{
    internal static void MapPresence(this RouteGroupBuilder desk)
    {
        desk.MapGet("/presence", ReadAsync).WithMetadata(Unattended.Mark);
        desk.MapPost("/presence", ReadAsync);
    }

    private static async Task<Results<Ok<PresenceAnswer>, UnauthorizedHttpResult>> ReadAsync(
        HttpContext context, DatabaseSource source, IOptions<SignInTimes> times, TimeProvider clock)
    {
        var who = SignedIn.Of(context);
        await using var database = source.Open(who.OrganizationId);
        if (await database.Set<SignIn>().AsNoTracking().SingleOrDefaultAsync(row => row.ReferenceHash == who.SignInId, context.RequestAborted) is not { } row)
            return TypedResults.Unauthorized();
        var (idle, age) = (row.SeenAt + times.Value.Idle, row.CreatedAt + times.Value.Absolute);
        var left = (idle < age ? idle : age) - clock.GetUtcNow();
        return TypedResults.Ok(new PresenceAnswer(Math.Max(0, (int)left.TotalSeconds), idle < age));
    }
}
