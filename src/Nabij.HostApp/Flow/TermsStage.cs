using System.Text;
using Nabij.HostApp.Screens;
using Nabij.Protocol.Organizations;

namespace Nabij.HostApp.Flow;

/// <summary>
/// Gets the terms and the licence, shows them, and takes the answers. What is bound into the session is the hash
/// of the bytes shown here.
/// </summary>
internal sealed class TermsStage(CustomerFlow flow) : Stage(flow)
{
    private TermsText? _terms;
    private string? _asked;
    private TermsAnswers _answers = new();

    public override void Enter()
    {
        Refresh();
        _asked = Phrases.Wording.Language;
        var organization = Flow.Organization!;
        Work(
            async token =>
            {
                var newest = await Flow.Server.RenewAsync(organization, token).ConfigureAwait(false);
                return (newest, await Flow.Server.FetchTermsAsync(newest, _asked, token).ConfigureAwait(false));
            },
            found =>
            {
                Flow.Renew(found.newest);
                Fetched(found.Item2);
            });
    }

    public override void Refresh() => Show(_terms is { } terms
        ? StartScreens.Terms(Phrases, terms, _answers)
        : StartScreens.Waiting(Phrases, "fetch-terms", Phrases["terms.loading"]));

    public override void Take(Happening happening)
    {
        switch (happening.Part)
        {
            case "terms":
                Answer(_answers with { Terms = happening.Value == "on" });
                break;
            case "licence":
                Answer(_answers with { Licence = happening.Value == "on" });
                break;
            case "backup":
                Answer(_answers with { Backup = happening.Value });
                break;
            case "name":
                Answer(_answers with { Name = happening.Value ?? string.Empty });
                break;
            case "save" when _terms is { } terms:
                Save(terms);
                break;
            case "continue" when _terms is { } terms && _answers.Complete:
                Flow.Go(new CodeStage(Flow, Consent(terms), _answers.Name.Trim()));
                break;
            case "disagree" or "close" or Happening.Closed:
                Flow.Quit();
                break;
            default:
                break;
        }
    }

    private void Answer(TermsAnswers answers)
    {
        _answers = answers;
        Refresh();
    }

    private void Fetched(Fetched<TermsText> fetched)
    {
        if (fetched.Value is not { } terms)
        {
            Flow.Go(new ProblemStage(Flow, fetched.Trouble!, Flow.Organization!.Shop.Host, () => new TermsStage(Flow)));
            return;
        }

        _terms = terms;
        Refresh();
    }

    private ConsentRecord Consent(TermsText terms) => new()
    {
        TermsId = terms.Id,
        TermsVersion = terms.Version,
        Language = terms.Language,
        TermsHash = terms.Terms.Hash,
        LicenceHash = terms.Licence.Hash,
        Ticks = ConsentTicks.Terms | ConsentTicks.Licence,
        Backup = _answers.Backup switch
        {
            "yes" => BackupAnswer.Yes,
            "no" => BackupAnswer.No,
            "help" => BackupAnswer.Help,
            _ => throw new InvalidOperationException("The question about a backup has no answer."),
        },
        Time = (ulong)Flow.Time.GetUtcNow().ToUnixTimeSeconds(),
    };

    private void Save(TermsText terms) => Flow.Window.AskWhereToSave(
        CustomerFlow.MainWindow, Phrases.With("version", terms.Version)["terms.save.name"], path =>
        {
            if (path is null)
                return;
            Work(token => TrySaveAsync(path, Whole(terms), token), saved => Flow.Window.Announce(Phrases[saved ? "terms.saved" : "terms.save.failed"]));
        });

    private static byte[] Whole(TermsText terms) => [.. terms.Terms.Bytes.Span, .. Encoding.UTF8.GetBytes("\n\n----\n\n"), .. terms.Licence.Bytes.Span];
}
