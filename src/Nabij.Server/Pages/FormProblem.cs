namespace Nabij.Server.Pages;

/// <summary>What is wrong with a form as it was sent, in the reader's language.</summary>
/// <param name="Field">The id of the field that it is about; empty when it is about none alone.</param>
/// <param name="Text">A sentence.</param>
public sealed record FormProblem(string Field, string Text);
