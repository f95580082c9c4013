using System.Globalization;
using Nabij.HostApp.Screens;
using Nabij.HostCore.Rendezvous;

namespace Nabij.HostApp.Flow;

/// <summary>Says what is in the way, what it means and what to do; tries again where that can help.</summary>
internal sealed class ProblemStage : Stage
{
    /// <summary>The organization block in the program is not whole.</summary>
    public const string Block = "block";

    /// <summary>A desktop that cannot be captured yet.</summary>
    public const string Display = "display";

    /// <summary>A fault of our own.</summary>
    public const string Other = "other";

    private readonly Func<Stage>? _again;
    private readonly Func<Phrases, Phrases> _fill;
    private readonly string _kind;

    /// <param name="flow">The flow.</param>
    /// <param name="kind">The middle of the keys "problem.….heading".</param>
    /// <param name="again">The stage to try again; null when that cannot help.</param>
    public ProblemStage(CustomerFlow flow, string kind, Func<Stage>? again)
        : base(flow)
    {
        _kind = kind;
        _again = again;
        _fill = phrases => phrases;
    }

    /// <param name="flow">The flow.</param>
    /// <param name="trouble">What the server or the way to it gave.</param>
    /// <param name="host">The host name that was asked.</param>
    /// <param name="again">The stage to try again.</param>
    public ProblemStage(CustomerFlow flow, Trouble trouble, string host, Func<Stage> again)
        : base(flow)
    {
        _kind = trouble.Kind.ToString().ToLowerInvariant();
        // A program that is too old does not get younger by trying.
        _again = trouble.Kind == TroubleKind.Outdated ? null : again;
        _fill = phrases => Clocks(phrases.With("host", host), trouble);
    }

    public override void Enter() => Show(CodeScreens.Problem(_fill(Phrases), _kind, _again is not null));

    public override void Take(Happening happening)
    {
        switch (happening.Part)
        {
            case "again" when _again is not null:
                Flow.Go(_again());
                break;
            case "close" or Happening.Closed:
                Flow.Quit(1);
                break;
            default:
                break;
        }
    }

    // Both as the customer's own wall clock would show them.
    private static Phrases Clocks(Phrases phrases, Trouble trouble) => trouble is { Local: { } local, Server: { } server }
        ? phrases.With("local", Shown(local)).With("server", Shown(server.ToOffset(local.Offset)))
        : phrases;

    private static string Shown(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
