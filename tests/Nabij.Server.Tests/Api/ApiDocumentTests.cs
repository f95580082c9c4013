using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Nabij.Server.Api;
using Nabij.Server.Tests.Desk;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Web;

namespace Nabij.Server.Tests.Api;

/// <summary>docs/api/openapi.json against the program: routes, scopes, parameters, types, codes, and what is really answered.</summary>
public sealed class ApiDocumentTests(DeskServer shared)
{
    private static readonly string File = Path.Combine(Repository(), "docs", "api", "openapi.json");

    private static readonly JsonElement Document = JsonDocument.Parse(System.IO.File.ReadAllText(File)).RootElement;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_gives_the_document_of_the_repository_to_anybody()
    {
        using var peer = new ApiPeer(await shared.Server, token: null);

        Assert.Equal(await System.IO.File.ReadAllBytesAsync(File, Cancel), await peer.Client.GetByteArrayAsync(new Uri("/api/v1/openapi.json", UriKind.Relative), Cancel));
    }

    [Fact]
    public async Task The_document_names_every_call_with_its_scope_and_parameters_and_no_other()
    {
        var server = await shared.Server;
        var calls = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(one => one.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true);

        var real = calls.Select(one => Line(
            EndpointPolicyTests.Name(one).Replace(":guid", "", StringComparison.Ordinal), one.Metadata.GetMetadata<ApiOperation>()?.Scope ?? "", one.Metadata.GetMetadata<ApiOperation>()?.Parameters ?? []));
        var written = Document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(call => Line(
            $"{call.Name.ToUpperInvariant()} {path.Name}",
            string.Join(' ', call.Value.GetProperty("security").EnumerateArray().SelectMany(one => one.GetProperty("token").EnumerateArray()).Select(scope => scope.GetString())),
            Parameters(call.Value, "query"))));

        Assert.Equal(real.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));

        static string Line(string name, string scope, IEnumerable<string> parameters) => $"{name} [{scope}] {string.Join(",", parameters)}";
    }

    [Fact]
    public void The_document_describes_every_type_as_it_is()
    {
        var schemas = Document.GetProperty("components").GetProperty("schemas");
        var types = typeof(ApiJson).GetCustomAttributesData().Where(data => data.AttributeType.Name == "JsonSerializableAttribute")
            .Select(data => (Type)(data.ConstructorArguments[0].Value ?? typeof(object))).SelectMany(WithParts).Distinct().ToList();

        Assert.Equal(types.Select(type => type.Name).Order(StringComparer.Ordinal), schemas.EnumerateObject().Select(one => one.Name).Order(StringComparer.Ordinal));
        foreach (var type in types)
        {
            var schema = schemas.GetProperty(type.Name);
            var properties = ApiJson.Strict.GetTypeInfo(type)?.Properties ?? [];
            Assert.Equal(properties.Select(Describe), schema.GetProperty("properties").EnumerateObject().Select(one => Describe(one.Name, one.Value)));
            var isRead = type.Name.StartsWith("New", StringComparison.Ordinal) || type.Name.EndsWith("Change", StringComparison.Ordinal);
            Assert.Equal(
                properties.Where(property => !isRead || property.IsRequired).Select(property => property.Name),
                schema.GetProperty("required").EnumerateArray().Select(name => name.GetString() ?? ""));
            Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        }
    }

    [Fact]
    public void The_documents_list_every_refusal()
    {
        var codes = Document.GetProperty("components").GetProperty("schemas").GetProperty("ApiProblem").GetProperty("properties").GetProperty("code").GetProperty("enum");
        var readme = System.IO.File.ReadAllLines(Path.Combine(Repository(), "docs", "api", "README.md"));

        Assert.Equal(ApiProblem.All.Select(one => one.Code), codes.EnumerateArray().Select(code => code.GetString()));
        Assert.Equal(
            ApiProblem.All.Select(one => $"| `{one.Code}` | {one.Status} | {one.Title}"),
            readme.Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Split('|') is [_, _, var status, ..] && int.TryParse(status, out _)).Select(line => string.Join('|', line.Split('|')[..4]).TrimEnd()));
        foreach (var scope in Scopes.All)
            Assert.Contains(readme, line => line.StartsWith($"| `{scope}` |", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_answered_is_what_the_document_says()
    {
        await using var server = await RunningServer.StartAsync();
        await using (var database = await server.OpenDatabaseAsync())
            await Runs.AddAsync(database, await Staff.IdAsync(server, RunningServer.Email), (1, TimeProvider.System.GetUtcNow().AddHours(-1), true, 5), (2, TimeProvider.System.GetUtcNow(), false, null));
        using var peer = await ApiPeer.WithAsync(server);
        await peer.PostAsync("/api/v1/webhooks", """{"name":"a","address":"https://a.example/hook","events":["session.started"]}""");

        var checkedCalls = 0;
        foreach (var path in Document.GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty("get", out _) && path.Name != ApiFeature.DocumentPath))
        {
            var list = path.Name.Replace("/{id}", "", StringComparison.Ordinal);
            var address = path.Name;
            if (list != path.Name)
            {
                var items = (await peer.GetAsync(list)).Json.GetProperty("items");
                if (items.GetArrayLength() == 0)
                    continue;
                address = $"{list}/{items[0].GetProperty("id").GetString()}";
            }

            var (_, json) = await peer.GetAsync(address);
            Match(path.Name, Document.GetProperty("paths").GetProperty(path.Name).GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema"), json);
            checkedCalls++;
        }

        Assert.True(checkedCalls >= 10);
    }

    private static IEnumerable<string> Parameters(JsonElement call, string place) => call.TryGetProperty("parameters", out var parameters)
        ? parameters.EnumerateArray().Where(one => one.TryGetProperty("in", out var where) && where.GetString() == place).Select(one => one.GetProperty("name").GetString() ?? "")
        : [];

    private static IEnumerable<Type> WithParts(Type type) =>
        type.GetConstructors().SelectMany(one => one.GetParameters()).Select(one => Element(one.ParameterType)).Where(one => one.Assembly == typeof(ApiJson).Assembly && one != type).SelectMany(WithParts).Append(type);

    private static Type Element(Type type) => type.IsGenericType ? type.GetGenericArguments()[0] : type;

    private static string Describe(JsonPropertyInfo property)
    {
        var type = property.PropertyType;
        var isNullable = Nullable.GetUnderlyingType(type) is not null || property.IsGetNullable;
        return $"{property.Name}: {(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? $"[{Word(Element(type))}]" : Word(Nullable.GetUnderlyingType(type) ?? type))}{(isNullable ? "?" : "")}";
    }

    private static string Word(Type type) => type.Name switch
    {
        "String" => "string",
        "Guid" => "string uuid",
        "DateTimeOffset" => "string date-time",
        "DateOnly" => "string date",
        "Int32" => "integer int32",
        "Int64" => "integer int64",
        "Boolean" => "boolean",
        var other => other,
    };

    private static string Describe(string name, JsonElement schema) => $"{name}: {Describe(schema)}";

    private static string Describe(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return reference.GetString()?.Split('/')[^1] ?? "";
        var type = schema.GetProperty("type");
        var word = type.ValueKind == JsonValueKind.Array ? type[0].GetString() : type.GetString();
        var core = word == "array" ? $"[{Describe(schema.GetProperty("items"))}]" : $"{word}{(schema.TryGetProperty("format", out var format) ? $" {format.GetString()}" : "")}";
        return type.ValueKind == JsonValueKind.Array ? $"{core}?" : core;
    }

    /// <summary>A small judge of the part of JSON Schema that the document uses.</summary>
    private static void Match(string where, JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            Match(where, Document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()?.Split('/')[^1] ?? ""), value);
            return;
        }

        var type = schema.GetProperty("type");
        string[] allowed = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(one => one.GetString() ?? "")] : [type.GetString() ?? ""];
        var kind = value.ValueKind switch { JsonValueKind.True or JsonValueKind.False => "boolean", JsonValueKind.Number => "integer", var other => other.ToString().ToLowerInvariant() };
        Assert.True(allowed.Contains(kind), $"{where}: {kind}");
        if (schema.TryGetProperty("enum", out var words) && kind != "null")
            Assert.Contains(value.GetString(), words.EnumerateArray().Select(word => word.GetString()));
        if (kind == "array")
        {
            foreach (var item in value.EnumerateArray())
                Match($"{where}[]", schema.GetProperty("items"), item);
        }

        if (kind != "object")
            return;
        Assert.Equal(schema.GetProperty("properties").EnumerateObject().Select(one => one.Name), value.EnumerateObject().Select(one => one.Name));
        foreach (var member in value.EnumerateObject())
            Match($"{where}.{member.Name}", schema.GetProperty("properties").GetProperty(member.Name), member.Value);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Nabij.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("the repository's root");
    }
}
