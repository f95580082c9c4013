using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Nabij.Server.Api;

/// <summary>Reads a JSON body, whole and strictly. Its size is bounded by the server (Web/Hosting.cs).</summary>
internal static class ApiBody
{
    /// <exception cref="ApiRefusal">The body is not declared as JSON, or is not one of this type.</exception>
    internal static async Task<(T Value, byte[] Bytes)> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
            throw new ApiRefusal(ApiProblem.NotJson);
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var bytes = buffer.ToArray();
        try
        {
            return (JsonSerializer.Deserialize(bytes, type) ?? throw Invalid("The body is null."), bytes);
        }
        catch (JsonException exception)
        {
            throw Invalid($"The body is not what this call takes, at {exception.Path ?? "$"}, line {(exception.LineNumber ?? 0) + 1}.");
        }
    }

    internal static ApiRefusal Invalid(string detail) => new(ApiProblem.InvalidBody.Because(detail));
}
