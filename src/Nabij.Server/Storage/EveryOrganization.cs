using Microsoft.EntityFrameworkCore;

namespace Nabij.Server.Storage;

/// <summary>
/// The one way to look across organizations: for what belongs to none yet, such as a sign-in known by its reference, and
/// for limits that count for the whole server. On PostgreSQL it opens row security for this query too. A statement that
/// changes rows (ExecuteUpdate, ExecuteDelete) carries no mark: its unit of work must come from
/// <see cref="DatabaseSource.OpenForEvery"/> besides.
/// </summary>
internal static class EveryOrganization
{
    /// <summary>How a statement begins that was marked.</summary>
    internal const string Comment = "-- " + Tag;

    private const string Tag = "every organization";

    internal static IQueryable<T> OfEveryOrganization<T>(this IQueryable<T> rows)
        where T : class =>
#pragma warning disable RS0030 // This is the place that the ban points to.
        rows.IgnoreQueryFilters().TagWith(Tag);
#pragma warning restore RS0030
}
