namespace Nabij.Server.Storage;

/// <summary>
/// Whose rows this unit of work may see. Unset, no row of any organization is visible: a forgotten call shows
/// nothing in place of everything.
/// </summary>
internal sealed class OrganizationScope
{
    /// <summary>Name of the scope of server-wide work, which no organization's id can be.</summary>
    internal const string Every = "*";

    private bool _isEvery;

    internal Guid OrganizationId { get; private set; }

    /// <summary>What the database is told: an id, <see cref="Every"/>, or nothing.</summary>
    internal string Name => _isEvery ? Every : OrganizationId == Guid.Empty ? "" : OrganizationId.ToString();

    /// <exception cref="InvalidOperationException">The scope already belongs to another organization.</exception>
    internal void Enter(Guid organizationId)
    {
        if (_isEvery || (OrganizationId != Guid.Empty && OrganizationId != organizationId))
            throw new InvalidOperationException("One unit of work cannot change from one organization to another.");
        OrganizationId = organizationId;
    }

    /// <summary>For plain SQL over the rows of all organizations. EF's own queries stay filtered.</summary>
    internal static OrganizationScope OfEvery() => new() { _isEvery = true };
}
