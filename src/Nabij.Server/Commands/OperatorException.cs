namespace Nabij.Server.Commands;

/// <summary>
/// Something the person who runs the server has to mend. The message says what happened, what it means and what
/// to do; it is printed as it is, without a stack trace.
/// </summary>
internal sealed class OperatorException : Exception
{
    internal OperatorException(string message, int exitCode = Commands.ExitCode.Environment, Exception? cause = null)
        : base(message, cause) => ExitCode = exitCode;

    internal int ExitCode { get; }

    internal static OperatorException Usage(string message) => new(message, Commands.ExitCode.Usage);
}
