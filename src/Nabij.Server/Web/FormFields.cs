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
}
