using System.Runtime.InteropServices;

namespace Nabij.HostApp.Start;

/// <summary>
/// Ends the program in good order when the system asks it to: at the end of the desktop session, by a terminal, or by
/// a service manager. The technician is told, keys are let go, windows close. Disposing gives the signals back.
/// </summary>
internal sealed class Farewell : IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    /// <param name="leave">Called on a pool thread at each signal; returns at once.</param>
    public Farewell(Action leave)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP })
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                leave();
            }));
        }
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
    }
}
