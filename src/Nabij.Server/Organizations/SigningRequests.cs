using System.Text.Json;
using System.Text.Json.Serialization;
using Nabij.Server.Commands;

namespace Nabij.Server.Organizations;

/// <summary>
/// What goes to the place where an organization's key is kept, and what comes back: files that people carry. Everything
/// in them is public; what is signed is checked on both ways.
/// </summary>
/// <param name="Format">1.</param>
/// <param name="Document">The document that nobody has signed yet, base64 of its exact bytes.</param>
/// <param name="Technicians">Whose keys are to be certified.</param>
/// <param name="RecordsKey">Base64 of the point of the server's records key, 65 bytes, where it is to be certified.</param>
internal sealed record SigningRequests(int Format, string Document, IReadOnlyList<SigningRequests.Technician> Technicians, string? RecordsKey = null)
{
    /// <param name="Id">32 lower-case hex digits.</param>
    /// <param name="Name">As customers see it.</param>
    /// <param name="PublicKey">Base64 of the point, 65 bytes.</param>
    /// <param name="Rights">The most this technician may ever ask for.</param>
    internal sealed record Technician(string Id, string Name, string PublicKey, uint Rights);

    /// <param name="Format">1.</param>
    /// <param name="Document">The signed document, base64.</param>
    /// <param name="Certificates">The technicians' certificates, base64.</param>
    /// <param name="RecordsCertificate">That of the server's records key, base64, where it was asked for.</param>
    internal sealed record Answer(int Format, string Document, IReadOnlyList<string> Certificates, string? RecordsCertificate = null);

    /// <summary>Reads one of the two files.</summary>
    /// <exception cref="OperatorException">It is none, with what to do.</exception>
    internal static async Task<T> ReadAsync<T>(string file, Func<T, bool> isWhole, CancellationToken cancellation)
    {
        try
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read);
            if (stream.Length <= LargestFile && await JsonSerializer.DeserializeAsync(stream, typeof(T), SigningJson.Default, cancellation) is T read && isWhole(read))
                return read;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{file} cannot be read: {exception.Message}", cause: exception);
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw new OperatorException($"{file} is not the file that is wanted here. `nabij-server requests` writes what `sign` reads, and `sign` writes what `import` reads.");
    }

    internal static byte[] Write<T>(T content) => JsonSerializer.SerializeToUtf8Bytes(content, typeof(T), SigningJson.Default);

    private const long LargestFile = 4 * 1024 * 1024;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SigningRequests))]
[JsonSerializable(typeof(SigningRequests.Answer))]
internal sealed partial class SigningJson : JsonSerializerContext;
