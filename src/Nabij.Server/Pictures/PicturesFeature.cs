// Pictures of customers' screens that technicians keep with a session (decision 0029). They come sealed, stay sealed, and are
// opened in browsers only; the words and pages around them are here.

using Microsoft.AspNetCore.Http.Timeouts;
using Nabij.Protocol.Pictures;
using Nabij.Server.Accounts;
using Nabij.Server.Records;
using Nabij.Server.Settings;
using Nabij.Server.Web;

namespace Nabij.Server.Pictures;

internal static class PicturesFeature
{
    internal const string SettingsPath = $"{SettingsFeature.Path}/pictures";

    /// <summary>The largest picture over a slow line.</summary>
    private static readonly TimeSpan UploadTimeout = TimeSpan.FromMinutes(3);

    internal static void AddPictures(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PicturesJson.Default));
        builder.Services.AddSingleton<PicturesKeys>();
        builder.Services.AddSingleton<KeptPictures>();
    }

    internal static void MapPictures(this WebApplication app)
    {
        var desk = app.MapGroup("/desk").RequireAuthorization(Policies.Technician);
        desk.MapGet("/pictures/setup", PictureEndpoints.SetupAsync);
        desk.MapPost("/pictures/{id:guid}/remove", PictureEndpoints.RemoveOwnAsync);
        desk.MapGet("/sessions/{id}/pictures", PictureEndpoints.OwnAsync);
        desk.MapPost("/sessions/{id}/pictures", PictureEndpoints.KeepAsync).RequireRateLimiting(RateLimits.Pictures)
            .WithMetadata(new BodyLimit(PictureEnvelope.Largest)).WithRequestTimeout(new RequestTimeoutPolicy { Timeout = UploadTimeout });

        var records = app.MapGroup($"{RecordsFeature.Path}/pictures").RequireAuthorization(Policies.Records);
        records.MapGet("/{id:guid}", PictureEndpoints.ReadAsync);
        records.MapGet("/keys/{id}", PictureEndpoints.ReadKeyAsync);
        records.MapPost("/{id:guid}/remove", PictureEndpoints.RemoveAsync);

        var settings = app.MapGroup(SettingsPath).RequireAuthorization(Policies.Admin).RequireAuthorization(Policies.Confirmed);
        settings.MapMethods("", PageRoutes.Verbs, PicturesKeyEndpoints.ShowAsync);
        settings.MapPost("", PicturesKeyEndpoints.AddAsync).WithMetadata(new ConfirmReturn(SettingsPath));
    }
}
