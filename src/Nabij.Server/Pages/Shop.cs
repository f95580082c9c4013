namespace Nabij.Server.Pages;

/// <summary>The organization as pages show it. In texts for customers it is "the shop".</summary>
public sealed record Shop(string Slug, string Name, string Phone, string LegalName, string TradeNumber);
