using Nabij.Server.Web;

namespace Nabij.Server.Records;

/// <summary>What an export's form asks for.</summary>
/// <param name="Format"><see cref="Csv"/>, <see cref="Json"/>, or of the audit log <see cref="Proof"/>.</param>
/// <param name="WithMark">A byte-order mark in front of CSV.</param>
/// <param name="Fields">The other fields: the search whose rows are wanted.</param>
internal sealed record ExportForm(string Format, bool WithMark, IFormCollection Fields)
{
    internal const string Csv = "csv", Json = "json", Proof = "proof";

    internal string Field(string name) => Fields[name].ToString();

    /// <summary>Null when the form asks for nothing that there is.</summary>
    internal static async Task<ExportForm?> ReadAsync(HttpContext context, bool hasProof = false)
    {
        var fields = await context.ReadFieldsAsync();
        var format = fields["format"].ToString();
        return format is Csv or Json || (hasProof && format == Proof) ? new ExportForm(format, fields["mark"] == "yes", fields) : null;
    }
}
