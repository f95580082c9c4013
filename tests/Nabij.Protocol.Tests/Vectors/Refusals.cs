using Nabij.Protocol.Session;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Tests.Vectors;

/// <summary>Runs something that may be refused and says by which name of docs/protocol/09-errors.md.</summary>
internal static class Refusals
{
    /// <summary>The name, or null when nothing was refused. Anything undeclared passes through and fails the test.</summary>
    public static string? NameOf(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (WireFormatException refused)
        {
            return refused.Error.ToString();
        }
        catch (HandshakeException refused)
        {
            return refused.Error.ToString();
        }
        catch (ResumeException refused)
        {
            return refused.Error.ToString();
        }
        catch (RecordRefusedException)
        {
            return "RecordRefused";
        }
    }
}
