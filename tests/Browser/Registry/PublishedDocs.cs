using System.Globalization;
using System.Text;
using System.Text.Json;
using Kiln.Browser.Xss;
using Kiln.Clients.Sandbox;
using Kiln.Clients.Server;
using Kiln.Tooling;

[assembly: AssemblyFixture(typeof(Kiln.Browser.Registry.PublishedDocs))]

namespace Kiln.Browser.Registry;

/// <summary>
/// The real server with two packages that the real <c>deno publish</c> has sent: <c>@press/shelf</c>, as people write one, and <c>@press/hostile</c>, whose texts and names are
/// the corpus of security.md B3.
/// </summary>
public sealed class PublishedDocs : IAsyncDisposable
{
    private const string Shelf = """
        /**
         * A shelf for books.
         *
         * @example Put one on it
         * ```ts
         * import { Shelf } from "@press/shelf";
         * new Shelf<string>().putUpright("Emma");
         * ```
         *
         * @module
         */
        import { measure } from "./tools.ts";

        /** How a book stands. */
        export interface Standing {
          /** In degrees. */
          angle: number;
        }

        /** Holds what is put on it, see {@link Standing}. */
        export class Shelf<T> {
          #books: T[] = [];
          /** Puts a book upright. */
          putUpright(book: T, standing: Standing = { angle: 90 }): this {
            this.#books.push(book);
            void standing;
            return this;
          }
          /** How many there are. */
          get size(): number {
            return measure(this.#books.length);
          }
        }

        /** Sorts a shelf. */
        export function sortShelf<T>(shelf: Shelf<T>): Shelf<T> {
          return shelf;
        }

        """;

    private const string Tools = "/**\n * Tools.\n * @module\n */\n\n/** Measures twice. */\nexport function measure(value: number): number {\n  return value;\n}\n";

    private readonly StartedOnce<KilnServer> server = new(PublishAsync);

    internal Task<KilnServer> GetAsync() => server.GetAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static async Task<KilnServer> PublishAsync()
    {
        _ = ToolPaths.Deno;
        var started = await KilnServer.StartAsync();
        var token = await started.NewUserAsync("alice");
        await started.NewScopeAsync(token, "press", "shelf", "hostile");
        using var sandbox = new ClientSandbox(started);
        await PublishAsync(
            sandbox, token, "shelf",
            ("deno.json", """{ "name": "@press/shelf", "version": "1.0.0", "license": "MIT", "exports": { ".": "./mod.ts", "./tools": "./tools.ts" } }"""),
            ("mod.ts", Shelf),
            ("tools.ts", Tools),
            ("README.md", "# Shelf\n\nSee [the source](./mod.ts) and ![a picture](./shelf.svg).\n\n```ts\nnew Shelf();\n```\n"),
            ("shelf.svg", """<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="brown"/></svg>"""));
        await PublishAsync(
            sandbox, token, "hostile",
            ("deno.json", """{ "name": "@press/hostile", "version": "1.0.0", "license": "MIT", "exports": "./mod.ts" }"""),
            ("mod.ts", HostileModule()),
            ("README.md", "# Hostile\n\n" + string.Join("\n\n", XssCorpus.All.Select(p => p.Text))),
            ("text.md", string.Join("\n\n", XssCorpus.All.Select(p => p.Text))),
            ("page.html", "<script>window.__xss=1</script>"));
        await DocumentedAsync(started, "shelf");
        await DocumentedAsync(started, "hostile");
        return started;
    }

    /// <summary>Every payload as a comment, a string and, where it can be one, a name.</summary>
    private static string HostileModule()
    {
        var source = new StringBuilder("/**\n * Hostile texts.\n * @module\n */\n\n");
        foreach (var payload in XssCorpus.All)
        {
            var text = payload.Text.Replace("*/", "* /", StringComparison.Ordinal).Replace('\0', ' ');
            source.Append(CultureInfo.InvariantCulture, $"/** {text} {{@link {text}}}\n * @example {text}\n * @deprecated {text}\n * @see {text}\n * @category {text}\n */\nconst line{payload.Line}: {Literal(payload.Text)} = {Literal(payload.Text)};\n");
            source.Append(CultureInfo.InvariantCulture, $"export {{ line{payload.Line}, line{payload.Line} as {Literal(payload.Text)} }};\n");
        }

        return source.ToString();
    }

    private static string Literal(string text) => JsonSerializer.Serialize(text);

    private static async Task PublishAsync(ClientSandbox sandbox, string token, string name, params (string Path, string Text)[] files)
    {
        var project = sandbox.NewProject(name);
        foreach (var (path, text) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(project, path), text);
        }

        (await sandbox.DenoAsync(project, "publish", "--no-check", "--allow-slow-types", "--allow-dirty", "--token", token)).MustSucceed();
    }

    private static async Task DocumentedAsync(KilnServer server, string package)
    {
        for (var i = 0; ; i++)
        {
            if ((await server.GetJsonAsync($"api/scopes/press/packages/{package}")).GetProperty("score").ValueKind == JsonValueKind.Number)
            {
                return;
            }

            Assert.True(i < 600, $"The documentation of @press/{package} was not made within a minute:\n{server.Said}");
            await Task.Delay(100);
        }
    }
}
