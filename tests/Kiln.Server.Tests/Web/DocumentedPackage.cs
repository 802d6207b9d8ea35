using Kiln.Registry.Docs;

namespace Kiln.Server.Tests.Web;

/// <summary>
/// A server with <c>@pottery/glaze</c>: 1.0.0, 1.1.0 (the latest), 1.2.0 (yanked) and 2.0.0-rc.1; and <c>@pottery/kit</c>, which has no main entry point.
/// </summary>
public sealed class DocumentedPackage : IAsyncLifetime
{
    internal const string Module =
        """
        /**
         * Colours for clay.
         *
         * @example Mixing
         * ```ts
         * import { mix } from "@pottery/glaze";
         * mix("red", "blue");
         * ```
         *
         * @module
         */

        /** Mixes two colours, see {@link Glaze}. */
        export function mix(one: string, other: string): Glaze {
          return new Glaze(one + other);
        }

        /** A glaze <script>alert(1)</script> & more. */
        export class Glaze {
          /** Its name. */
          name: string;
          constructor(name: string) {
            this.name = name;
          }
          /** Burns it. */
          burn(degrees: number): void {}
          static of(name: string): Glaze {
            return new Glaze(name);
          }
        }

        /** Colours. */
        export namespace Colours {
          /** The reddest. */
          export const red: string = "red";
        }

        /** @deprecated Use {@link mix}. */
        export function blend(): void {}

        const odd: number = 1;
        export { odd as "a/b <c>%~" };

        """;

    internal RunningServer Server { get; private set; } = null!;

    internal ApiClient Owner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        Owner = await ApiClient.PersonalAsync(Server, "potter");
        Assert.Equal(200, (await Owner.PostAsync("scopes", new { scope = "pottery", description = "" })).Status);
        foreach (var package in new[] { "glaze", "kit", "bare" })
        {
            Assert.Equal(200, (await Owner.PostAsync("scopes/pottery/packages", new { package })).Status);
        }

        var exports = new Dictionary<string, string> { ["."] = "./mod.ts", ["./tools/wheel"] = "./tools/wheel.ts" };
        foreach (var version in new[] { "1.0.0", "1.1.0", "1.2.0", "2.0.0-rc.1" })
        {
            await TestPackage.PublishAsync(
                Server, Owner, "pottery", "glaze", version, exports,
                ("mod.ts", Module),
                ("tools/wheel.ts", "/** Wheels.\n * @module\n */\nimport { mix } from \"../mod.ts\";\nimport \"npm:chalk@^5\";\n/** Turns. */\nexport function turn(): string {\n  return mix(\"a\", \"b\").name;\n}\n"),
                ("README.md", $"# Glaze {version}\n\nSee [the wheel](./tools/wheel.ts), <b onclick=\"x\">bold</b> and ![](logo.svg).\n\n```ts\nmix();\n```\n"),
                ("logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
                ("page.html", "<script>alert(1)</script>"),
                ("data.bin", "\0\u0001binary"),
                ("large.txt", new string('x', 1_100_000)),
                ("tools/README.md", "# Tools\n\nUp: [mod](../mod.ts)\n"));
        }

        await TestPackage.PublishAsync(
            Server, Owner, "pottery", "kit", "1.0.0", new Dictionary<string, string> { ["./one"] = "./one.ts", ["./two"] = "./two.ts" },
            ("one.ts", "/** One. */\nexport const one: number = 1;\n"), ("two.ts", "/** Two. */\nexport const two: number = 2;\n"));
        Assert.Equal(204, (await Owner.PatchAsync("scopes/pottery/packages/glaze/versions/1.2.0", new { yanked = true })).Status);
        Assert.Equal(DocumentationState.Ready, (await TestPackage.DocumentedAsync(Server, "pottery", "kit", "1.0.0")).State);
        Assert.Equal(DocumentationState.Ready, (await TestPackage.DocumentedAsync(Server, "pottery", "glaze", "2.0.0-rc.1")).State);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
