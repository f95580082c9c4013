namespace Nabij.Server.Api.Answers;

/// <summary>An e-mail to the customer, ready to send.</summary>
public sealed record EmailText(string Subject, string Text);
