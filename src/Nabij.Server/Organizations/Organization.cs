using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Nabij.Server.Organizations;

/// <summary>The business that runs this server, or one of several on it.</summary>
internal sealed class Organization
{
    public required Guid Id { get; init; }

    /// <summary>Its name in addresses: `^[a-z0-9](-?[a-z0-9])*$`, 1-40 characters (docs/protocol/01).</summary>
    public required string Slug { get; init; }

    /// <summary>What customers call it, 1-64 UTF-8 bytes.</summary>
    public required string Name { get; set; }

    /// <summary>The name in the trade register, 0-128 bytes.</summary>
    public required string LegalName { get; set; }

    /// <summary>The trade register's number, 0-32 bytes.</summary>
    public required string TradeNumber { get; set; }

    /// <summary>The number a customer who doubts can call; empty when none is given.</summary>
    public required string Phone { get; set; }

    /// <summary>Where customers report abuse: an address, a number or a web page, 0-128 bytes; empty for the phone number.</summary>
    public required string AbuseContact { get; set; }

    /// <summary>Brand color: "#" and six lower-case hex digits.</summary>
    public required string Color { get; set; }

    /// <summary>The public origin last used; the commands that run without a server take it from here.</summary>
    public required string Origin { get; set; }

    /// <summary>Language of visitors who ask for none that we have.</summary>
    public required string Language { get; set; }

    /// <summary>The zone that people read times in, as the IANA database names it.</summary>
    public string TimeZone { get; set; } = "Europe/Amsterdam";

    /// <summary>When its people may work; empty is always (<see cref="Accounts.WorkingHours"/>).</summary>
    public string Hours { get; set; } = "";

    /// <summary>From where its people may work; empty is anywhere (<see cref="Accounts.AllowedNetworks"/>).</summary>
    public string Networks { get; set; } = "";

    /// <summary>The unit in which time worked is counted, in minutes; 0 is to the second (<see cref="Desk.Notes.WorkUnit"/>).</summary>
    public int WorkUnitMinutes { get; set; }

    /// <summary>Which way time worked is rounded: <see cref="Desk.Notes.WorkUnit.Up"/> or <see cref="Desk.Notes.WorkUnit.Nearest"/>.</summary>
    public string WorkRounding { get; set; } = "up";

    public required bool DemandsSecondFactor { get; set; }

    /// <summary>Nobody signs in by a password: passkeys and the identity provider only.</summary>
    public bool PasswordsOff { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Organization>
    {
        public void Configure(EntityTypeBuilder<Organization> builder) => builder.ToTable("organization").HasKey(row => row.Id);
    }
}
