namespace Nabij.Protocol.Organizations;

/// <summary>The envelope of a signed document: both members in base64.</summary>
internal sealed record SignedJson
{
    public required string Payload { get; init; }

    public required string Signature { get; init; }
}
