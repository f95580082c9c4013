using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Nabij.Server.Records;

/// <summary>
/// Finds a part of a text whatever its case, on both databases alike: in lower case against the stored text in lower case
/// (<see cref="Storage.SqliteLetters"/>), and as typed for a PostgreSQL database whose locale knows ASCII only. The words of the
/// search are no pattern.
/// </summary>
internal static class TextSearch
{
    internal const string Escape = "\\";

    /// <summary>Rows of which one of the texts holds the part.</summary>
    internal static IQueryable<T> WhereTextHolds<T>(this IQueryable<T> rows, string part, params Expression<Func<T, string>>[] texts)
    {
        var (typed, lower) = (Pattern(part), Pattern(part.ToLowerInvariant()));
        Expression<Func<string, bool>> holds = text => EF.Functions.Like(text, typed, Escape) || EF.Functions.Like(text.ToLower(), lower, Escape);
        var row = Expression.Parameter(typeof(T), "row");
        var any = texts.Select(text => Put(holds, Put(text, row))).Aggregate(Expression.OrElse);
        return rows.Where(Expression.Lambda<Func<T, bool>>(any, row));
    }

    internal static IQueryable<SessionLine> Named(IQueryable<SessionLine> lines, string part) => lines.WhereTextHolds(part, row => row.CustomerName);

    internal static string Pattern(string part) => $"%{Plain(part)}%";

    /// <summary>A text as part of a pattern.</summary>
    internal static string Plain(string part) =>
        part.Replace(Escape, Escape + Escape, StringComparison.Ordinal).Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal);

    private static Expression Put(LambdaExpression function, Expression argument) =>
        ReplacingExpressionVisitor.Replace(function.Parameters[0], argument, function.Body);
}
