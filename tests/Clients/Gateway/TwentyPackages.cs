using System.Text.Json;

namespace Kiln.Clients.Gateway;

/// <summary>
/// Twenty packages that depend on each other like the packages of a team: each on one to three of those before it, in TypeScript that needs work before npm can run it (enums, parameter properties,
/// type-only imports). What package N computes is known without running it: its own number plus what its dependencies compute.
/// </summary>
internal static class TwentyPackages
{
    public const int Count = 20;
    public const string Scope = "fleet";

    public static string NameOf(int number) => $"part{number:00}";

    /// <summary>Binary neighbours: every package but the first has a dependency, and the last reaches far down.</summary>
    public static IReadOnlyList<int> DependenciesOf(int number) =>
        [.. new[] { number - 1, number / 2, number / 3 }.Where(d => d > 0 && d < number).Distinct().Order()];

    public static long ValueOf(int number) => number + DependenciesOf(number).Sum(ValueOf);

    /// <summary>A workspace that <c>deno publish</c> takes as a whole.</summary>
    public static void Write(string folder)
    {
        var members = Enumerable.Range(1, Count).Select(n => "./" + NameOf(n));
        File.WriteAllText(Path.Combine(folder, "deno.json"), JsonSerializer.Serialize(new { workspace = members }));
        for (var number = 1; number <= Count; number++)
        {
            var place = Directory.CreateDirectory(Path.Combine(folder, NameOf(number))).FullName;
            var imports = DependenciesOf(number).ToDictionary(d => $"@{Scope}/{NameOf(d)}", d => $"jsr:@{Scope}/{NameOf(d)}@^1.0.0");
            File.WriteAllText(
                Path.Combine(place, "deno.json"),
                JsonSerializer.Serialize(new { name = $"@{Scope}/{NameOf(number)}", version = "1.0.0", license = "MIT", exports = new Dictionary<string, string> { ["."] = "./mod.ts", ["./kind"] = "./src/kind.ts" }, imports }));
            Directory.CreateDirectory(Path.Combine(place, "src"));
            File.WriteAllText(Path.Combine(place, "README.md"), $"# Part {number}\n");
            File.WriteAllText(Path.Combine(place, "src", "kind.ts"), $$"""
                /** What a part is. */
                export enum Kind {
                  Small = {{number}},
                  Large,
                }

                """);
            File.WriteAllText(Path.Combine(place, "mod.ts"), $$"""
                import { Kind } from "./src/kind.ts";
                {{string.Join('\n', DependenciesOf(number).Select(d => $"import {{ value as value{d} }} from \"@{Scope}/{NameOf(d)}\";"))}}
                import type { Kind as KindType } from "./src/kind.ts";

                /** A part and its number. */
                export class Part {
                  constructor(public readonly kind: KindType, private readonly number: number) {}

                  /** The number. */
                  get value(): number {
                    return this.number satisfies number;
                  }
                }

                /** What this part and all that it needs add up to. */
                export function value(): number {
                  return new Part(Kind.Small, Kind.Small).value{{string.Concat(DependenciesOf(number).Select(d => $" + value{d}()"))}};
                }

                """);
        }
    }
}
