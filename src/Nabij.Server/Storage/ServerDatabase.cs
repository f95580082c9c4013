// The whole model. A feature maps its own entities by IEntityTypeConfiguration in its folder; everything that has an
// OrganizationId is filtered by the organization of the unit of work, here and once. The tables themselves are made by
// the numbered scripts in Migrations/, never by EF.

using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Nabij.Server.Storage;

internal sealed class ServerDatabase : DbContext
{
    internal const string OrganizationIdName = "OrganizationId";

    internal ServerDatabase(DbContextOptions<ServerDatabase> options, OrganizationScope scope)
        : base(options)
    {
        Scope = scope;
        // Each write is a transaction, and so takes the lock of its organization on PostgreSQL; SQLite locks by itself.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
    }

    internal OrganizationScope Scope { get; }

    /// <summary>Read by the query filters at each query.</summary>
    internal Guid CurrentOrganizationId => Scope.OrganizationId;

    /// <summary>The scope that this connection's PostgreSQL session has been told, and in which transaction (<see cref="PostgresSession"/>).</summary>
    internal (string Scope, DbTransaction? Transaction)? Told { get; set; }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ServerDatabase).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            if (entity.GetViewName() is null)
                entity.SetTableName(SnakeCase(entity.GetTableName() ?? entity.ClrType.Name));
            foreach (var property in entity.GetProperties())
                property.SetColumnName(SnakeCase(property.Name));
            if (entity.FindProperty(OrganizationIdName) is not null)
                entity.SetQueryFilter(OrganizationFilter(entity));
        }
    }

    private LambdaExpression OrganizationFilter(IMutableEntityType entity)
    {
        var row = Expression.Parameter(entity.ClrType, "row");
        var current = typeof(ServerDatabase).GetProperty(nameof(CurrentOrganizationId), BindingFlags.Instance | BindingFlags.NonPublic);
        return Expression.Lambda(
            Expression.Equal(Expression.Property(row, OrganizationIdName), Expression.Property(Expression.Constant(this), current ?? throw new MissingMemberException())), row);
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((letter, i) => char.IsUpper(letter) && i > 0 && !char.IsUpper(name[i - 1]) ? $"_{letter}" : letter.ToString())).ToLowerInvariant();

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), number => DateTimeOffset.FromUnixTimeMilliseconds(number));
}
