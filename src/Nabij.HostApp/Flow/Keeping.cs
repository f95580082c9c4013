using System.Runtime.Versioning;
using Nabij.HostCore.Files;

namespace Nabij.HostApp.Flow;

/// <summary>What can be done with files that are kept for 30 days. Each waits for the disk, and turns every trouble into words.</summary>
internal sealed class Keeping
{
    private readonly Func<IReadOnlyList<SafetyCopy>> _list;
    private readonly Func<SafetyCopy, string> _putBack;
    private readonly Func<string, string, SafetyCopy> _replace;

    [SupportedOSPlatform("linux")]
    public Keeping(SafetyCopies copies)
    {
        (_putBack, _replace) = (copies.PutBack, copies.Replace);
        // What was kept long enough goes when somebody looks for the first time.
        _list = () =>
        {
            copies.RemoveExpired();
            return copies.List();
        };
    }

    public IReadOnlyList<SafetyCopy> List() => Try(_list, () => []);

    /// <summary>Puts a kept file back where it stood, with a number behind its name when something stands there now.</summary>
    public KeptResult PutBack(SafetyCopy copy)
    {
        var (key, path) = Try(() => ("kept.put-back", _putBack(copy)), () => ("kept.failed", copy.OriginalPath));
        return new KeptResult(List(), key, path);
    }

    /// <summary>Puts a received file in the place of another, which is kept.</summary>
    public KeptResult Replace(string source, string target)
    {
        var (key, path) = Try(() => ("kept.replaced", _replace(source, target).OriginalPath), () => ("kept.not-replaced", target));
        return new KeptResult(List(), key, path);
    }

    private static T Try<T>(Func<T> act, Func<T> otherwise)
    {
        try
        {
            return act();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return otherwise();
        }
    }
}
