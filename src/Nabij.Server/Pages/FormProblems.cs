// What is wrong with a sent form: ProblemSummary says it at the top with a link to each field, FieldProblem says it at the
// field, and At ties the two to the control (WCAG 3.3.1, 1.3.1).

namespace Nabij.Server.Pages;

/// <summary>The problems of one form, in the order of its fields.</summary>
public sealed class FormProblems
{
    public static readonly FormProblems None = new([]);

    private FormProblems(IReadOnlyList<FormProblem> all) => All = all;

    public IReadOnlyList<FormProblem> All { get; }

    internal static FormProblems Of(Texts texts, IEnumerable<Problem> problems) => Of(problems.Select(problem => new FormProblem(problem.Field, problem.In(texts))));

    internal static FormProblems Of(IEnumerable<FormProblem> problems) => new([.. problems.Distinct()]);

    internal static FormProblems Of(Texts texts, Problem? problem) => Of(texts, problem is null ? [] : [problem]);

    /// <summary>The same for a form whose ids begin with <paramref name="prefix"/>, because several of its kind stand on one page.</summary>
    internal FormProblems Under(string prefix) => new([.. All.Select(one => one.Field.Length == 0 ? one : one with { Field = $"{prefix}-{one.Field}" })]);

    internal bool Has(string field) => All.Any(one => one.Field == field);

    /// <summary>What is wrong with this field; empty when nothing is.</summary>
    internal string Text(string field) => string.Join(' ', All.Where(one => one.Field == field).Select(one => one.Text));

    /// <summary>The attributes of a control that is wrong, over those that it has; none when it is not.</summary>
    /// <param name="field">Its id.</param>
    /// <param name="described">What describes it anyway.</param>
    internal IReadOnlyDictionary<string, object>? At(string field, string described = "") =>
        Has(field) ? new Dictionary<string, object> { ["aria-invalid"] = "true", ["aria-describedby"] = $"{described} {field}-problem".TrimStart() } : null;

    /// <summary>As <see cref="At"/> for a group of controls, which takes the keyboard when the summary leads to it.</summary>
    internal IReadOnlyDictionary<string, object>? AtGroup(string field, string described = "") => Has(field)
        ? new Dictionary<string, object> { ["class"] = "missing", ["tabindex"] = "-1", ["aria-describedby"] = $"{described} {field}-problem".TrimStart() }
        : null;
}
