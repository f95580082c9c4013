using System.Text.Json.Serialization;

namespace Nabij.Server.Api;

/// <summary>
/// A refusal as problem details (RFC 9457). <c>code</c> is the stable word that programs compare; <c>title</c> says the same to
/// people and never changes its meaning; <c>detail</c> is about this request. The codes stand in docs/api/README.md.
/// </summary>
public sealed record ApiProblem(string Type, string Title, int Status, string Detail, string Code)
{
    internal const string ContentType = "application/problem+json";

    internal static readonly ApiProblem
        TokenMissing = Of(401, "token-missing", "The request carries no token.", "Send the header Authorization: Bearer with a token of this organization."),
        TokenUnknown = Of(401, "token-unknown", "This is no token of this server.", "Check that the token was copied whole; it begins with \"nabij_\" and has 78 characters."),
        TokenExpired = Of(401, "token-expired", "The token has expired.", "Make a new one on the page Integration."),
        TokenRevoked = Of(401, "token-revoked", "The token was revoked.", "Make a new one on the page Integration, if this program may go on."),
        TokenOrphaned = Of(401, "token-orphaned", "The person who made the token may no longer do what it is for.", "Somebody with that right makes a new one on the page Integration."),
        NetworkRefused = Of(403, "network-refused", "The token may not be used from this network address.", "The page Integration says from where it may be used."),
        ScopeMissing = Of(403, "scope-missing", "The token has not the scope that this needs.", "docs/api names the scope of each call; GET /api/v1/token lists those of this token."),
        NotFound = Of(404, "not-found", "There is no such thing in this organization.", "Check the address and the id."),
        MethodRefused = Of(405, "method-refused", "This address does not take this method.", "The header Allow names those that it takes."),
        TooLarge = Of(413, "too-large", "The body is too large.", "A body may have 65,536 bytes."),
        NotJson = Of(415, "not-json", "The body is not declared as JSON.", "Send Content-Type: application/json."),
        InvalidBody = Of(400, "invalid-body", "The body is not what this call takes.", "docs/api/openapi.json describes it; members that it does not name are refused."),
        InvalidParameter = Of(400, "invalid-parameter", "A parameter of the address is not right.", "docs/api/openapi.json describes them; others are refused."),
        InvalidRequest = Of(400, "invalid-request", "The request cannot be understood.", "Check how it was made."),
        CursorInvalid = Of(400, "cursor-invalid", "The cursor is none that this list gave.", "Begin again without a cursor."),
        KeyInvalid = Of(400, "idempotency-key-invalid", "The idempotency key is not right.", "Idempotency-Key is 1 to 64 visible ASCII characters."),
        KeyReused = Of(422, "idempotency-key-reused", "This idempotency key has been used for another request.", "Give every new request a new key."),
        Conflict = Of(409, "conflict", "This does not fit what is there.", "Read it again, then decide."),
        LimitReached = Of(409, "limit-reached", "The organization has as many of these as it may.", "Remove some first."),
        TooMany = Of(429, "too-many-requests", "Too many requests in a short time.", "Retry-After says how many seconds to wait."),
        Failed = Of(500, "failed", "Something went wrong in the server.", "Nothing was changed. Try again; if it stays, tell the operator the time."),
        Unavailable = Of(503, "unavailable", "The server cannot do this now.", "Nothing was changed. Try again in a few minutes.");

    /// <summary>Every refusal, as the documents list them.</summary>
    [JsonIgnore]
    internal static IReadOnlyList<ApiProblem> All { get; } =
    [
        InvalidBody, InvalidParameter, InvalidRequest, CursorInvalid, KeyInvalid, TokenMissing, TokenUnknown, TokenExpired, TokenRevoked, TokenOrphaned, NetworkRefused,
        ScopeMissing, NotFound, MethodRefused, Conflict, LimitReached, TooLarge, NotJson, KeyReused, TooMany, Failed, Unavailable,
    ];

    internal ApiProblem Because(string detail) => this with { Detail = detail };

    /// <summary>What stands for a bare status that the framework gave.</summary>
    internal static ApiProblem OfStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => TokenMissing,
        StatusCodes.Status403Forbidden => ScopeMissing,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodRefused,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => NotJson,
        StatusCodes.Status429TooManyRequests => TooMany,
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        >= 500 => Failed,
        _ => InvalidRequest,
    };

    private static ApiProblem Of(int status, string code, string title, string detail) => new($"urn:nabij:problem:{code}", title, status, detail, code);
}
