namespace Nabij.Server.Downloads;

/// <summary>A program that may be served: it carries this organization's own block.</summary>
/// <param name="Platform">What it runs on.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">64 hex digits over the whole file.</param>
public sealed record DownloadFile(Platform Platform, string Path, long Bytes, string Sha256);
