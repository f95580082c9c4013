using System.Text;

namespace Nabij.Bench.Figures;

/// <summary>A table that reads well in a terminal and is Markdown too. The first column is words, the others are numbers.</summary>
internal sealed class Table(params string[] heads)
{
    private readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add(cells);

    public override string ToString()
    {
        var widths = heads.Select((head, column) => rows.Select(row => row[column].Length).Append(head.Length).Max()).ToArray();
        var text = new StringBuilder();
        AppendRow(text, heads, widths);
        text.Append('|');
        for (var column = 0; column < heads.Length; column++)
            text.Append(column == 0 ? "-" + new string('-', widths[column]) + "-|" : "-" + new string('-', widths[column]) + ":|");
        text.AppendLine();
        foreach (var row in rows) AppendRow(text, row, widths);
        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, string[] cells, int[] widths)
    {
        text.Append('|');
        for (var column = 0; column < cells.Length; column++)
            text.Append(' ').Append(column == 0 ? cells[column].PadRight(widths[column]) : cells[column].PadLeft(widths[column])).Append(" |");
        text.AppendLine();
    }
}
