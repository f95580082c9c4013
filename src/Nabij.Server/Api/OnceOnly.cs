using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Storage;

namespace Nabij.Server.Api;

/// <summary>
/// Lets a call act once for one <c>Idempotency-Key</c> of its token: what it did and its answer stand in one transaction, and
/// the same call again gets that answer for <see cref="Kept"/>. Scoped to a request.
/// </summary>
internal sealed class OnceOnly(ServerDatabase database, TimeProvider clock)
{
    internal const string Header = "Idempotency-Key", ReplayedHeader = "Idempotent-Replayed";

    internal static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private const int LongestKey = 64;

    /// <param name="context">The call.</param>
    /// <param name="body">Its body, as it came.</param>
    /// <param name="act">What it does, inside a transaction that is rolled back when the answer is a refusal.</param>
    internal async Task<ApiReply> RunAsync(HttpContext context, byte[] body, Func<Task<ApiReply>> act)
    {
        var cancellation = context.RequestAborted;
        var caller = TokenCaller.Of(context);
        var token = TokenHandler.Read(context.Request) ?? throw new InvalidOperationException("A call without a token.");
        var names = Names(context, body);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (names is { } known && await FindAsync(caller, known.KeyHash, cancellation) is { } kept)
            return Replay(context, kept, token, known);
        var reply = await act();
        if (reply.Status >= StatusCodes.Status400BadRequest)
            return reply;
        if (names is { } fresh)
            await KeepAsync(caller, (fresh.KeyHash, fresh.RequestHash, token), reply, cancellation);
        await transaction.CommitAsync(cancellation);
        return reply;
    }

    private static (string KeyHash, string RequestHash)? Names(HttpContext context, byte[] body)
    {
        if (!context.Request.Headers.TryGetValue(Header, out var values))
            return null;
        var key = values.ToString();
        if (values.Count != 1 || key.Length is 0 or > LongestKey || !key.All(letter => letter is > ' ' and <= '~'))
            throw new ApiRefusal(ApiProblem.KeyInvalid);
        return (Reference.Hash(key), Reference.Hash($"{context.Request.Method} {context.Request.Path} {Convert.ToHexString(body)}"));
    }

    private Task<KeptAnswer?> FindAsync(TokenCaller caller, string keyHash, CancellationToken cancellation)
    {
        var oldest = clock.GetUtcNow() - Kept;
        return database.Set<KeptAnswer>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.TokenId == caller.TokenId && row.IdempotencyHash == keyHash && row.MadeAt > oldest, cancellation);
    }

    private static ApiReply Replay(HttpContext context, KeptAnswer kept, string token, (string KeyHash, string RequestHash) names)
    {
        if (kept.RequestHash != names.RequestHash)
            return ApiReply.Of(ApiProblem.KeyReused);
        context.Response.Headers[ReplayedHeader] = "true";
        return new ApiReply { Status = kept.Status, Body = AnswerSeal.Open(token, names, kept.Sealed) };
    }

    private async Task KeepAsync(TokenCaller caller, (string KeyHash, string RequestHash, string Token) call, ApiReply reply, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var oldest = now - Kept;
        await database.Set<KeptAnswer>().Where(row => row.MadeAt <= oldest).ExecuteDeleteAsync(cancellation);
        database.Add(new KeptAnswer
        {
            OrganizationId = caller.OrganizationId,
            TokenId = caller.TokenId,
            IdempotencyHash = call.KeyHash,
            RequestHash = call.RequestHash,
            Status = reply.Status,
            Sealed = AnswerSeal.Seal(call.Token, (call.KeyHash, call.RequestHash), reply.Body.Span),
            MadeAt = now,
        });
        await database.SaveChangesAsync(cancellation);
    }
}
