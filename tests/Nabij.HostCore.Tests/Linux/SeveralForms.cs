using System.Runtime.Versioning;
using Nabij.HostCore.Linux;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>A program that pastes in several forms at once (ICCCM 2.6.2, MULTIPLE).</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class SeveralForms : IDisposable
{
    private const int Replace = 0, WordFormat = 32;

    private readonly X11Connection x;
    private readonly X11ClipboardAtoms atoms;
    private readonly nuint window;

    public SeveralForms(string display)
    {
        x = new X11Connection(display);
        atoms = new X11ClipboardAtoms(x.Display);
        window = LibX11.XCreateSimpleWindow(x.Display, x.Root, -1, -1, 1, 1, 0, 0, 0);
    }

    /// <summary>Which of these forms came.</summary>
    public bool[] Ask(params string[] forms)
    {
        nuint[] pairs = [.. forms.SelectMany((form, index) => new[] { Name(form), Name("FORM_" + index) })];
        fixed (nuint* first = pairs) _ = LibX11.XChangeProperty(x.Display, window, atoms.Transfer, atoms.AtomPair, WordFormat, Replace, first, pairs.Length);
        _ = LibX11.XConvertSelection(x.Display, atoms.Clipboard, atoms.Multiple, atoms.Transfer, window, 0);
        var received = stackalloc byte[LibX11.EventBytes];
        do _ = LibX11.XNextEvent(x.Display, received);
        while (*(int*)received != LibX11.SelectionNotify);
        var told = Take(atoms.Transfer, out var count);
        var came = Enumerable.Range(0, (int)count / 2).Select(pair => told[(2 * pair) + 1] != 0).ToArray();
        _ = LibX11.XFree((nint)told);
        return came;
    }

    /// <summary>The bytes of the form of this index.</summary>
    public byte[] Read(int index)
    {
        var values = Take(Name("FORM_" + index), out var count);
        var bytes = new Span<byte>(values, (int)count).ToArray();
        _ = LibX11.XFree((nint)values);
        return bytes;
    }

    public void Dispose() => x.Dispose();

    private nuint Name(string name) => LibX11.XInternAtom(x.Display, name, 0);

    private nuint* Take(nuint property, out nuint count)
    {
        _ = LibX11.XGetWindowProperty(x.Display, window, property, 0, 1024, 0, 0, out _, out _, out count, out _, out var values);
        return values;
    }
}
