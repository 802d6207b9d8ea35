using System.Reflection;
using System.Text;

namespace Kiln.Packages.Tests.Publishing;

/// <summary>Damaged sources: whatever comes in, a result comes out, and it is the same result every time.</summary>
public sealed class PackageBuilderDamageTests
{
    private const int Rounds = 400;

    private static readonly string[] Seeds =
    [
        """
        import data from "./data.json" with { type: "json" };
        import type { A } from "jsr:@std/path@^1.0.0/posix";
        import { b, type C } from "./b.tsx";
        export * as ns from "npm:chalk@5";
        export { D, default as d } from "./b.tsx";
        /// <reference types="./t.d.ts" />
        export enum E { X = 1 << 2, Y = X | 1, Z = "z".length }
        export namespace N { export const q = 1; export namespace M { export function f() { return q; } } }
        export class P<T> extends Object implements A { declare z: T; #p = 1; static { this.s = 2; } static s = 0; constructor(private a: number, public b?: string) { super(); } get x(): number { return this.#p; } }
        @dec class Q { @dec accessor v = 1; @dec m() {} }
        using r = { [Symbol.dispose]() {} };
        export const t = `a${b}c${`${1}`}`, re = /[/\]]+(?<n>x)\k<n>/giu, f = async <T,>(x: T): Promise<T> => await x;
        export default function <T>(this: void, x: T): asserts x is T & {} { for (const [k, { v = 1 }] of [] as any) { label: while (k) break label; } }
        const l = () => import("./b.tsx");
        """,
        """
        /** @jsxImportSource npm:react@18 */
        /** @jsxRuntime automatic */
        import * as R from "npm:react@18";
        export const b = <div {...{ a: 1 }} b="&lt;" key="k">text {1} <></> <R.Fragment>{...[]}</R.Fragment></div>;
        export interface C { [k: string]: unknown }
        export type D = C | keyof C | `x${string}`;
        export default b;
        function dec(...a: any[]): any {}
        """,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Damaged_sources_end_in_a_result_with_a_known_code(int seed)
    {
        var codes = typeof(PublishErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!).ToHashSet(StringComparer.Ordinal);
        var random = new Random(seed);
        var accepted = 0;
        for (var round = 0; round < Rounds; round++)
        {
            (string, string)[] files =
            [
                ("mod.ts", Damage(Seeds[0], random)),
                ("b.tsx", Damage(Seeds[1], random)),
                ("data.json", "{}"),
                ("t.d.ts", "export declare const x: 1;"),
            ];

            var result = await PublishRun.BuildAsync(files);

            Assert.True(result.IsSuccess || codes.Contains(result.Error.Code), result.Error?.Code);
            Assert.True(result.IsSuccess || result.Error.Message.Length < 5000);
            accepted += result.IsSuccess ? 1 : 0;
            if (round % 20 == 0)
            {
                var again = await PublishRun.BuildAsync(files);
                Assert.Equal(result.Error, again.Error);
                Assert.Equal(result.Artifacts?.NpmTarball, again.Artifacts?.NpmTarball);
            }
        }

        // Some damage is harmless, else the test would not reach what comes after the parser.
        Assert.InRange(accepted, 1, Rounds - 1);
    }

    [Fact]
    public async Task A_message_has_no_text_that_a_database_refuses()
    {
        var error = await PublishRun.FailAsync(("mod.ts", "import './\\ud800\\0" + new string('x', 10_000) + "';"));

        Assert.Equal("graphError", error.Code);
        Assert.InRange(error.Message.Length, 1, 4001);
        Assert.DoesNotContain('\0', error.Message);
        Assert.Equal(error.Message, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(error.Message)));
    }

    /// <summary>None to three cuts, doubles, swaps or insertions of what often upsets parsers.</summary>
    private static string Damage(string text, Random random)
    {
        string[] scraps = ["(", ")", "{", "}", "<", ">", "`", "'", "\"", "/", "/*", "//", ";", ",", "=>", "?.", "!", "@", "#", "\\", "\0", "\ud800", "\u2028", "enum ", "declare ", "import ", "export ", "type ", "as ", "await ", "class ", "0x", "...", "${"];
        var result = new StringBuilder(text);
        for (var i = random.Next(4); i > 0; i--)
        {
            var at = random.Next(result.Length);
            switch (random.Next(3))
            {
                case 0:
                    result.Remove(at, Math.Min(result.Length - at, random.Next(1, 12)));
                    break;
                case 1:
                    result.Insert(at, result.ToString(at, Math.Min(result.Length - at, random.Next(1, 40))));
                    break;
                default:
                    result.Insert(at, scraps[random.Next(scraps.Length)]);
                    break;
            }
        }

        return result.ToString();
    }
}
