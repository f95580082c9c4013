using System.Text.Json.Serialization;

namespace Nabij.Server.Pictures;

/// <summary>What the desk has to know to seal. Bytes are base64, identities 32 hex digits.</summary>
/// <param name="Organization">The organization's own number.</param>
/// <param name="Key">SubjectPublicKeyInfo of the newest pictures key; null where none was made yet.</param>
/// <param name="SignIn">Names this sign-in, under which a browser keeps opened keys; opens nothing itself.</param>
/// <param name="MayMakeKey">Whether this technician is the one to make it.</param>
public sealed record PicturesSetup(string Organization, string? Key, string SignIn, bool MayMakeKey);

/// <summary>The technician's own pictures of one session, oldest first.</summary>
/// <param name="Pictures">Without their content.</param>
public sealed record PicturesAnswer(IReadOnlyList<PictureAnswer> Pictures);

/// <summary>One picture. <paramref name="KeptSecondsAgo"/>: by the server's clock, so that the page needs none.</summary>
public sealed record PictureAnswer(Guid Id, string Author, string KeyId, long KeptSecondsAgo);

/// <summary>A private key under its passphrase, base64.</summary>
public sealed record WrappedKeyAnswer(string Organization, string Wrapped);

/// <summary>Everything the addresses of pictures write as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PicturesSetup))]
[JsonSerializable(typeof(PicturesAnswer))]
[JsonSerializable(typeof(WrappedKeyAnswer))]
internal sealed partial class PicturesJson : JsonSerializerContext;
