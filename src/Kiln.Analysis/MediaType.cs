namespace Kiln.Analysis;

/// <summary>What a file is, by its name alone.</summary>
public enum MediaType : byte
{
    Unknown,
    JavaScript,
    Jsx,
    Mjs,
    Cjs,
    TypeScript,
    Mts,
    Cts,

    /// <summary><c>.d.ts</c>, also <c>.d.css.ts</c> and its like.</summary>
    Dts,
    Dmts,
    Dcts,
    Tsx,
    Json,
    Jsonc,
    Json5,
    Wasm,
    Css,
    Html,
    Markdown,
    Sql,
    SourceMap,
}
