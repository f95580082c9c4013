using Nabij.Server.Rendezvous;

namespace Nabij.Server.Tests.Rendezvous;

/// <summary>The real directory, with a step of the test between two of its operations: it forces one order of events.</summary>
internal sealed class SteppedDirectory(IDirectory directory) : IDirectory
{
    internal Func<WaitingCustomer, Task>? AfterWait { get; set; }

    internal Func<Task>? AfterTake { get; set; }

    internal Func<Task>? BeforeLeave { get; set; }

    public async ValueTask<WaitingOutcome> WaitAsync(WaitingRequest request, CancellationToken cancellation)
    {
        var outcome = await directory.WaitAsync(request, cancellation);
        if (AfterWait is { } step && outcome.Customer is { } customer)
            await step(customer);
        return outcome;
    }

    public async ValueTask<TakeOutcome> TakeAsync(Guid organization, string nameplate, CancellationToken cancellation)
    {
        var outcome = await directory.TakeAsync(organization, nameplate, cancellation);
        if (AfterTake is { } step)
            await step();
        return outcome;
    }

    public ValueTask<TakeOutcome> TakeForRelativeAsync(Guid organization, string nameplate, CancellationToken cancellation) =>
        directory.TakeForRelativeAsync(organization, nameplate, cancellation);

    public ValueTask<bool> HoldsAsync(Guid organization, Guid place, CancellationToken cancellation) =>
        directory.HoldsAsync(organization, place, cancellation);

    public async ValueTask LeaveAsync(Guid organization, Guid place, LeaveReason why, CancellationToken cancellation)
    {
        if (BeforeLeave is { } step)
            await step();
        await directory.LeaveAsync(organization, place, why, cancellation);
    }

    public ValueTask<IReadOnlyList<WaitingCustomer>> ListAsync(Guid organization, CancellationToken cancellation) =>
        directory.ListAsync(organization, cancellation);

    public ValueTask<long> ChangedAsync(Guid organization, long seen, CancellationToken cancellation) =>
        directory.ChangedAsync(organization, seen, cancellation);
}
