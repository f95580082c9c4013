using Microsoft.Playwright;

namespace Nabij.Server.Tests.Pages;

/// <summary>One page, or one state of a page.</summary>
/// <param name="Name">Names its pictures: web-{Name}-{language}.png.</param>
/// <param name="Endpoint">The line of the endpoint table that gives it; empty for pages of no endpoint, such as errors.</param>
/// <param name="Path">Where it is; names between braces are filled in by <see cref="PageStage.Fill"/>.</param>
/// <param name="Reader">Who looks.</param>
internal sealed record PageLine(string Name, string Endpoint, string Path, Reader Reader = Reader.Staff)
{
    /// <summary>What is done on the page to reach the state; null when it is shown as it is loaded.</summary>
    internal Func<IPage, PageWalk, Task>? Act { get; init; }

    /// <summary>A page for customers: it has a picture at the width of a phone as well.</summary>
    internal bool IsForCustomers { get; init; }

    /// <summary>The same page by another address: swept, and shown in no picture of its own.</summary>
    internal bool IsShownElsewhere { get; init; }

    /// <summary>The height of the window for its picture, where it is not the whole page that counts.</summary>
    internal int? Height { get; init; }
}
