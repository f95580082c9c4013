namespace Nabij.Server.Api.Answers;

/// <summary>A new link with the e-mail that brings it to the customer.</summary>
public sealed record LinkMade(LinkAnswer Link, EmailText Email);
