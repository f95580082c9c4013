using System.Net;
using System.Text;
using System.Text.Json;
using Nabij.Server.Commands;
using Nabij.Server.Records;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;
using Nabij.Server.Tests.Web;

namespace Nabij.Server.Tests.Records;

public sealed class ExportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hostile_names_open_harmless_in_a_spreadsheet_and_are_all_there()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var texts = HostileTexts.All.Where(RecordsStage.IsStorable).ToList();
        await RecordsStage.AddSessionsAsync(server, texts.Count, (number, session) => session.CustomerName = texts[number - 1]);
        using var owner = await Staff.SignInAsync(server);

        var bytes = await BytesAsync(owner, "/records", "/records/sessions/export", ("format", "csv"), ("mark", "yes"));

        Assert.Equal([0xef, 0xbb, 0xbf], bytes[..3]);
        var rows = CsvReader.Read(Encoding.UTF8.GetString(bytes[3..]));
        Assert.Equal(texts.Count + 1, rows.Count);
        Assert.All(rows, row => Assert.Equal(rows[0].Count, row.Count));
        var names = rows.Skip(1).Select(row => row[rows[0].IndexOf("customer")]).ToList();
        foreach (var (name, text) in names.Zip(texts))
        {
            Assert.False(IsFormula(name), name);
            Assert.All(name.Split(';', '\t', '\r', '\n').Skip(1), part => Assert.False(IsFormula(part), name));
            Assert.Equal(Expected(text).Replace("'", "", StringComparison.Ordinal), name.Replace("'", "", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+31 20 555", "'+31 20 555")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =1", "'  =1")]
    [InlineData("\t=1", "\"'\t'=1\"")]
    [InlineData("a;=cmd|'/c calc'!A0;b", "\"a;'=cmd|'/c calc'!A0;b\"")]
    [InlineData("a; =1", "\"a;' =1\"")]
    [InlineData("\r=1", "\"'\r'=1\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"a\"", "\"say \"\"a\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("a\0b\u001b", "a\ufffdb\ufffd")]
    [InlineData("naïve 日本", "naïve 日本")]
    public void A_field_is_written_as_RFC_4180_says_and_is_no_formula(string text, string field) => Assert.Equal(field, CsvText.Field(text));

    [Fact]
    public async Task An_export_has_the_search_and_not_the_page_and_stands_in_the_audit_log_without_the_name_searched()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await RecordsStage.AddSessionsAsync(server, 130);
        using var owner = await Staff.SignInAsync(server);

        using var all = JsonDocument.Parse(await BytesAsync(owner, "/records", "/records/sessions/export", ("format", "json")));
        using var some = JsonDocument.Parse(await BytesAsync(owner, "/records", "/records/sessions/export", ("format", "json"), ("customer", "mer 12")));

        Assert.Equal(Enumerable.Range(1, 130).Select(number => $"Customer {number}"), all.RootElement.EnumerateArray().Select(row => row.GetProperty("customer").GetString()));
        Assert.Equal(11, some.RootElement.GetArrayLength());
        var first = all.RootElement[0];
        Assert.Equal((60L, 1L, "2026-11-02T11:01:00.000Z", RunningServer.OwnerName),
            (first.GetProperty("seconds").GetInt64(), first.GetProperty("waited_seconds").GetInt64(), first.GetProperty("paired").GetString(), first.GetProperty("technician").GetString()));
        var told = await Staff.AuditAsync(server, ExportAnswer.Action);
        Assert.Equal(2, told.Count);
        Assert.All(told, line => Assert.DoesNotContain("mer 12", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_export_comes_as_a_file_in_each_format()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await RecordsStage.AddSessionsAsync(server, 3, (number, session) => session.CustomerName = "=cmd");
        using var owner = await Staff.SignInAsync(server);

        foreach (var page in (string[])["/records", "/records/consents", "/records/audit", "/records/statistics"])
            await CompareAsync(owner, page, page == "/records" ? "/records/sessions/export" : $"{page}/export");
    }

    private static async Task CompareAsync(Visitor owner, string page, string action)
    {
        var rows = CsvReader.Read(Encoding.UTF8.GetString(await BytesAsync(owner, page, action, ("format", "csv"))));
        using var json = JsonDocument.Parse(await BytesAsync(owner, page, action, ("format", "json")));

        Assert.True(rows.Count > 1);
        Assert.All(rows.Skip(1).SelectMany(row => row), field => Assert.False(IsFormula(field), field));
        Assert.NotEqual(0, json.RootElement.GetArrayLength());
        Assert.Equal(rows[0], json.RootElement[0].EnumerateObject().Select(member => member.Name));
        using var refused = await owner.SubmitAsync(page, action, ("format", "exe"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task An_audit_log_with_its_proof_is_checked_without_the_server_and_any_change_is_named()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await RecordsStage.WriteEventsAsync(server, "one", "two <&>", "three \"é\"");
        using var owner = await Staff.SignInAsync(server);
        var lines = Encoding.UTF8.GetString(await BytesAsync(owner, "/records/audit", "/records/audit/export", ("format", "proof"))).TrimEnd('\n').Split('\n');

        var (code, words) = await CheckAsync(server, lines);
        Assert.True(code == ExitCode.Done, words);
        Assert.Contains("which is one of this server", words, StringComparison.Ordinal);
        for (var i = 1; i < lines.Length - 1; i += 2)
        {
            (code, words) = await CheckAsync(server, [.. lines[..i], .. lines[(i + 1)..]]);
            Assert.True(code == ExitCode.Failed && words.Contains("BROKEN", StringComparison.Ordinal), $"line {i} left out: {words}");
            var changed = lines[i].Replace("\"actor\":\"", "\"actor\":\"x", StringComparison.Ordinal);
            (code, words) = await CheckAsync(server, [.. lines[..i], changed, .. lines[(i + 1)..]]);
            Assert.True(code == ExitCode.Failed && words.Contains($"BROKEN after {i - 1} events", StringComparison.Ordinal), words);
        }

        (code, words) = await CheckAsync(server, lines[..^1]);
        Assert.True(code == ExitCode.Failed && words.Contains("without its checkpoint", StringComparison.Ordinal), words);
        (code, words) = await CheckAsync(server, [.. lines[..^2], lines[^1]]);
        Assert.True(code == ExitCode.Failed, words);
    }

    private static async Task<(int Code, string Words)> CheckAsync(RunningServer server, IReadOnlyList<string> lines)
    {
        var file = Path.Combine(server.Folder, "proof.jsonl");
        await File.WriteAllTextAsync(file, string.Join('\n', lines) + "\n", Cancel);
        using var output = new StringWriter();
        var code = await CommandLine.RunAsync(["verify-audit", "--file", file, "--data", server.Folder], new Terminal(output, TextWriter.Null), Cancel);
        return (code, output.ToString());
    }

    private static async Task<byte[]> BytesAsync(Visitor visitor, string page, string action, params (string Name, string Value)[] fields)
    {
        using var answer = await visitor.SubmitAsync(page, action, fields);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode} {Encoding.UTF8.GetString(bytes)}");
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        return bytes;
    }

    private static bool IsFormula(string field) =>
        field.TrimStart(' ', '\t', '\r', '\n') is ['=' or '+' or '@' or '＝' or '＋' or '－' or '＠', ..] or ['-', _, ..] || field is ['\t' or '\r' or '\n', ..];

    // Control characters of a name are shown as a mark; everything else is as it was.
    private static string Expected(string text) => string.Concat(text.Select(letter => char.IsControl(letter) && letter is not ('\t' or '\r' or '\n') ? '\ufffd' : letter))
        .Replace("\ud800", "\ufffd", StringComparison.Ordinal);
}
