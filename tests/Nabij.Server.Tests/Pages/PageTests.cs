namespace Nabij.Server.Tests.Pages;

/// <summary>Tests that walk over the pages: one server and one browser for all of them.</summary>
[CollectionDefinition(Name)]
public sealed class PageTests : ICollectionFixture<PageStage>
{
    internal const string Name = "pages";
}
