using System.Reflection;

namespace Nabij.Server.Api;

/// <summary>
/// docs/api/openapi.json, as this program carries it. It is written by hand, because it is the contract; tests compare it with
/// the routes, the types and the answers.
/// </summary>
internal static class ApiDocument
{
    private const string Resource = "api/openapi.json";

    private static readonly byte[] Bytes = Read();

    internal static IResult Show(HttpContext context) => new ApiReply { Status = StatusCodes.Status200OK, Body = Bytes };

    private static byte[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource) ?? throw new FileNotFoundException(Resource);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
