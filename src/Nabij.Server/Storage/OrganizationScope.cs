namespace Nabij.Server.Storage;

/// <summary>
/// Whose rows this unit of work may see. Unset, no row of any organization is visible: a forgotten call shows
/// nothing in place of everything.
/// </summary>
internal sealed class OrganizationScope
{
    internal Guid OrganizationId { get; private set; }

    /// <exception cref="InvalidOperationException">The scope already belongs to another organization.</exception>
    internal void Enter(Guid organizationId)
    {
        if (OrganizationId != Guid.Empty && OrganizationId != organizationId)
            throw new InvalidOperationException("One unit of work cannot change from one organization to another.");
        OrganizationId = organizationId;
    }
}
