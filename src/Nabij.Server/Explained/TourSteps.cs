// The tour for customers: the windows in their order. The pictures are those of docs/screens, cut to the window by
// `./dev screens`; a test compares this list with the files.

namespace Nabij.Server.Explained;

internal static class TourSteps
{
    internal static readonly IReadOnlyList<TourStep> All =
    [
        new("download"),
        new("contacted", "contacted"),
        new("refuse", "refuse"),
        new("terms", "terms"),
        new("code", "code"),
        new("who", "who-asks"),
        new("bar", "bar-looking"),
        new("control", "ask-control"),
        new("files", "ask-files-in"),
        new("chat", "chat"),
        new("private", "private"),
        new("guarded", "guarded-bank"),
        new("stopped", "stopped"),
        new("copying", "stopped-files"),
        new("end", "end-technicianended"),
    ];
}
