namespace Nabij.Server.Records;

/// <summary>What the list of consents shows.</summary>
public sealed record ConsentsView
{
    public required ConsentFilter Filter { get; init; }

    public required IReadOnlyList<ConsentRow> Rows { get; init; }

    public required KeptQuery Kept { get; init; }

    public required string? Next { get; init; }

    public required bool IsLater { get; init; }

    /// <summary>The organization's name in addresses.</summary>
    public required string Slug { get; init; }
}

/// <summary>One consent in a list; a consent on the help page has no receipt.</summary>
public sealed record ConsentRow(string? Hash, string When, string Version, string Language, string Backup);

/// <summary>A receipt.</summary>
public sealed record ReceiptView
{
    public required ConsentView Consent { get; init; }

    public required string Slug { get; init; }

    public required string Issued { get; init; }

    /// <summary>The signed block; null when the record in the table is not the one that was given.</summary>
    public required string? Block { get; init; }

    /// <summary>Whether the organization's key stands behind the one that signed.</summary>
    public required bool IsCertified { get; init; }
}
