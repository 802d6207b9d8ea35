namespace Kiln.Analysis.Tests.Graph;

public sealed class TypeOnlyExportTests
{
    [Theory]
    [InlineData("export interface X { }", true)]
    [InlineData("export type X = 1;", true)]
    [InlineData("export declare const X: number;", true)]
    [InlineData("export namespace X { export type A = 1; export namespace B { export interface C { } } }", true)]
    [InlineData("export namespace X { export const a = 1; }", false)]
    [InlineData("export const X = 1;", false)]
    [InlineData("export const { a: { b: [, X] }, ...rest } = y;", false)]
    [InlineData("export class X { }", false)]
    [InlineData("export enum X { A }", false)]
    [InlineData("export function X(): void; export function X() { }", false)]
    [InlineData("export interface X { } export const X = 1;", false)]
    [InlineData("interface X { } export { X };", true)]
    [InlineData("interface Y { } export { Y as X };", true)]
    [InlineData("interface Y { } export { Y as 'X' };", true)]
    [InlineData("const X = 1; export { X };", false)]
    [InlineData("const X = 1; export type { X };", true)]
    [InlineData("class Y { } export { type Y as X };", true)]
    [InlineData("export { X } from './type.ts';", true)]
    [InlineData("export { X } from './value.ts';", false)]
    [InlineData("export * from './type.ts';", true)]
    [InlineData("export * from './value.ts';", false)]
    [InlineData("export * from './type.ts'; export * from './value.ts';", false)]
    [InlineData("export type * from './value.ts';", false)]
    [InlineData("export * as X from './type.ts';", false)]
    [InlineData("import { X } from './type.ts'; export { X };", true)]
    [InlineData("import { X } from './value.ts'; export { X };", false)]
    [InlineData("import type { X } from './value.ts'; export { X };", true)]
    [InlineData("import { type X } from './value.ts'; export { X };", true)]
    [InlineData("import X from './default.ts'; export { X };", true)]
    [InlineData("export { default as X } from './default.ts';", true)]
    [InlineData("export * from './default.ts';", false)]
    [InlineData("export { X } from 'npm:x@1';", false)]
    [InlineData("export * from 'npm:x@1';", false)]
    [InlineData("export * from './a.ts';", false)]
    [InlineData("export { X } from './a.ts';", false)]
    [InlineData("export * from './broken.ts';", false)]
    [InlineData("", false)]
    [InlineData("export { X };", false)]
    [InlineData("export * from './chain.ts';", true)]
    [InlineData("export { X } from './decl.d.ts';", true)]
    [InlineData("export { V as X } from './decl.d.ts';", false)]
    public void Knows_what_is_nothing_but_a_type(string source, bool expected)
    {
        var graph = TestPackage.With("/mod.ts", "export { X } from './a.ts'; import('./broken.ts');")
            .File("/a.ts", source)
            .File("/type.ts", "export interface X { }")
            .File("/value.ts", "export const X = 1;")
            .File("/default.ts", "interface X { } export default X;")
            .File("/chain.ts", "export * from './chain2.ts'; export * from './a.ts';")
            .File("/chain2.ts", "export * from './chain.ts'; export { X } from './type.ts';")
            .File("/decl.d.ts", "interface X { } declare const V: number;")
            .File("/broken.ts", "export interface X { } const =;")
            .Build();
        Assert.Equal(expected, graph.IsTypeOnlyExport("/mod.ts", "./a.ts", "X"));
    }

    [Fact]
    public void Answers_quickly_through_long_chains_and_wide_barrels()
    {
        var package = new TestPackage().Export(".", "/mod.ts").File("/mod.ts", "export * from './m0.ts';");
        for (var i = 0; i < 500; i++)
        {
            package.File($"/m{i}.ts", $"export * from './m{i + 1}.ts'; export {{ X{i} }} from './m{i + 1}.ts';");
        }

        var graph = package.File("/m500.ts", "export interface X { } export const X0 = 1;").Pass();
        Assert.True(graph.IsTypeOnlyExport("/mod.ts", "./m0.ts", "X"));
        for (var i = 0; i < 500; i++)
        {
            Assert.False(graph.IsTypeOnlyExport("/mod.ts", "./m0.ts", "X0"));
            Assert.False(graph.IsTypeOnlyExport("/mod.ts", "./m0.ts", $"Missing{i}"));
        }
    }

    [Fact]
    public void Knows_nothing_of_unknown_modules()
    {
        var graph = TestPackage.With("/mod.ts", "").Pass();
        Assert.False(graph.IsTypeOnlyExport("/nowhere.ts", "./a.ts", "X"));
        Assert.False(graph.IsTypeOnlyExport("/mod.ts", "./a.ts", "X"));
    }
}
