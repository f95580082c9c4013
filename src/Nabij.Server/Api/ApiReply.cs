using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;

namespace Nabij.Server.Api;

/// <summary>
/// A whole answer of the API: JSON that was made from a known type. What was read carries an ETag over its bytes, and is not
/// sent again to a caller who has it.
/// </summary>
internal sealed class ApiReply : IResult
{
    private const int EtagBytes = 12;

    /// <summary>Told to a caller whom the limits refuse without saying for how long.</summary>
    private const int RetrySeconds = 60;

    internal required int Status { get; init; }

    internal required ReadOnlyMemory<byte> Body { get; init; }

    private string ContentType { get; init; } = "application/json";

    private TimeSpan? RetryAfter { get; init; }

    internal static ApiReply Of<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        new() { Status = status, Body = JsonSerializer.SerializeToUtf8Bytes(value, type) };

    internal static ApiReply Of(ApiProblem problem, TimeSpan? retryAfter = null) => new()
    {
        Status = problem.Status,
        Body = JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Strict.ApiProblem),
        ContentType = ApiProblem.ContentType,
        RetryAfter = retryAfter ?? (problem.Status == StatusCodes.Status429TooManyRequests ? TimeSpan.FromSeconds(RetrySeconds) : null),
    };

    internal static ApiReply Empty { get; } = new() { Status = StatusCodes.Status204NoContent, Body = default };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = $"{Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds))}";
        if (Status == StatusCodes.Status200OK && (HttpMethods.IsGet(httpContext.Request.Method) || HttpMethods.IsHead(httpContext.Request.Method)) && IsKnown(httpContext))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        if (Body.IsEmpty)
            return Task.CompletedTask;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(Body, httpContext.RequestAborted).AsTask();
    }

    /// <summary>Names this answer, and asks whether the caller has it.</summary>
    private bool IsKnown(HttpContext context)
    {
        var etag = new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(SHA256.HashData(Body.Span).AsSpan(0, EtagBytes))}\"");
        context.Response.Headers.ETag = etag.ToString();
        context.Response.Headers.CacheControl = "private, no-cache";
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Tag == "*" || known.Compare(etag, useStrongComparison: false));
    }
}
