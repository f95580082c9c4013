namespace Nabij.Server.Web;

/// <summary>Reads the fields of a form. A body that is no form has none, so that each endpoint answers it as an empty form; a broken one is a bad request.</summary>
internal static class FormFields
{
    internal static async Task<IFormCollection> ReadFieldsAsync(this HttpContext context)
    {
        if (!context.Request.HasFormContentType)
            return FormCollection.Empty;
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException exception)
        {
            throw new BadHttpRequestException("The form cannot be read.", StatusCodes.Status400BadRequest, exception);
        }
    }

    /// <summary>A field of one line, without what stands around it.</summary>
    internal static string Word(this IFormCollection fields, string name) => fields[name].ToString().Trim();

    /// <summary>A field of several lines, whatever a browser ends them with; nothing stands behind a line or around them all.</summary>
    internal static string Lines(this IFormCollection fields, string name) =>
        string.Join('\n', fields[name].ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim();
}
