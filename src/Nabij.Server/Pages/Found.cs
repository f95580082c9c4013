namespace Nabij.Server.Pages;

/// <summary>Answers 303: "see there, by GET". Only paths of this site.</summary>
internal static class Found
{
    internal static IResult At(string localPath) => new SeeOther(localPath);

    internal static string HelpPath(string slug) => $"/o/{slug}";

    internal static string HelpPage(string slug, string? language) =>
        Texts.Find(language ?? "") is null ? HelpPath(slug) : $"{HelpPath(slug)}?lang={language}";

    private sealed class SeeOther(string localPath) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = localPath;
            return Task.CompletedTask;
        }
    }
}
