namespace Nabij.Server.Organizations.FirstRun;

/// <summary>Lets one set-up through at a time, and says when it is done and its answer has been sent.</summary>
internal sealed class FirstRunEnd : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task Done => _done.Task;

    internal bool IsOver { get; private set; }

    internal async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        return new Turn(_turn);
    }

    internal void Finish(HttpResponse response)
    {
        IsOver = true;
        response.OnCompleted(() =>
        {
            _done.TrySetResult();
            return Task.CompletedTask;
        });
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
