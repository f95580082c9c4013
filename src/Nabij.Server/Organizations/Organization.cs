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

    /// <summary>Where customers find it: up to five lines, 0-256 bytes.</summary>
    public string Address { get; set; } = "";

    /// <summary>Where customers write to, also about their data; 0-254 bytes.</summary>
    public string Email { get; set; } = "";

    /// <summary>Color of buttons and links on pages, as <see cref="Color"/>; empty is the brand color.</summary>
    public string AccentColor { get; set; } = "";

    /// <summary>When customers are helped; empty where the organization does not say (<see cref="Organizations.OpeningHours"/>).</summary>
    public string OpeningHours { get; set; } = "";

    /// <summary>Days that differ (<see cref="Organizations.OpeningHours"/>).</summary>
    public string OpeningExceptions { get; set; } = "";

    /// <summary>Whether customers may ask to be called back.</summary>
    public bool TakesCallbacks { get; set; } = true;

    /// <summary>How long acceptances are kept; null is the server's setting (<see cref="RetentionTimes"/>).</summary>
    public int? AcceptanceMonths { get; set; }

    public int? SessionMonths { get; set; }

    public int? CallbackDays { get; set; }

    /// <summary>Names the logo in its address, so that browsers ask again when it changed; empty: there is none.</summary>
    public string LogoSha256 { get; set; } = "";

    /// <summary>Pixels.</summary>
    public int LogoWidth { get; set; }

    public int LogoHeight { get; set; }

    public required bool DemandsSecondFactor { get; set; }

    /// <summary>Nobody signs in by a password: passkeys and the identity provider only.</summary>
    public bool PasswordsOff { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Organization>
    {
        public void Configure(EntityTypeBuilder<Organization> builder) => builder.ToTable("organization").HasKey(row => row.Id);
    }
}
