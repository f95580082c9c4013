namespace Nabij.TestCustomer;

/// <summary>The command line or a command cannot be carried out; the message is for people.</summary>
internal sealed class UsageException(string message) : Exception(message);
