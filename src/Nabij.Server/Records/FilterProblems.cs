using Nabij.Server.Pages;

namespace Nabij.Server.Records;

/// <summary>Says which fields of a search were not understood and left out.</summary>
internal static class FilterProblems
{
    internal static FormProblems Of(Texts texts, IEnumerable<string> wrong) =>
        FormProblems.Of(texts, wrong.Select(name => new Problem("filter.problem", texts[$"filter.{name}"]).At(name)));
}
