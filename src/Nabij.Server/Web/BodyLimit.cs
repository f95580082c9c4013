using Microsoft.AspNetCore.Http.Metadata;

namespace Nabij.Server.Web;

/// <summary>An endpoint that takes a larger body than the others; read by the framework's routing.</summary>
/// <param name="Bytes">The most.</param>
internal sealed record BodyLimit(long Bytes) : IRequestSizeLimitMetadata
{
    long? IRequestSizeLimitMetadata.MaxRequestBodySize => Bytes;
}
