using Nabij.Server.Tests.Web;

namespace Nabij.Server.Tests.Pages;

public sealed class PageTableTests
{
    [Fact]
    public void Every_address_that_can_be_opened_is_a_page_of_the_table_or_said_to_be_none()
    {
        var pages = PageTable.Lines.Select(line => line.Endpoint).Where(endpoint => endpoint.Length > 0).Distinct().Concat(PageTable.NotPages);
        var addresses = EndpointTable.Lines.Select(line => line.Name).Where(name => name.StartsWith("GET ", StringComparison.Ordinal));

        Assert.Equal(addresses.Order(StringComparer.Ordinal), pages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_two_lines_have_the_same_picture() =>
        Assert.Equal(PageTable.Lines.Count, PageTable.Lines.Select(line => line.Name).Distinct(StringComparer.Ordinal).Count());
}
