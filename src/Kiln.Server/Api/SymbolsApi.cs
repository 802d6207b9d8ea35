using Kiln.Registry.Catalog;
using Kiln.Registry.Search;

namespace Kiln.Server.Api;

/// <summary>Symbols of all packages, and the scores of packages.</summary>
internal static class SymbolsApi
{
    private const int UsualLimit = 20;

    /// <summary><c>GET symbols?query=&amp;limit=</c>, Kiln's own: the best first, at most 100.</summary>
    public static async Task<ApiReply> SearchAsync(ApiRequest request)
    {
        var hits = await request.Service<ISymbolIndex>().SearchAsync(request.Query("query") ?? "", Math.Clamp(request.Number("limit", UsualLimit), 1, 100), request.Aborted);
        return ApiReply.Ok(new SymbolList([.. hits.Select(Of)]));
    }

    /// <summary><c>GET …/score</c>: everything false and zero while there is nothing to score.</summary>
    public static async Task<ApiReply> ScoreAsync(ApiRequest request) =>
        ApiReply.Of(await request.Service<PackageViews>().FindScoreAsync(request.Scope, request.Package, request.Aborted), Wire.Of);

    internal static SymbolShape Of(SymbolHit hit) => new(
        hit.Scope, hit.Package, hit.Version, hit.Symbol.Name, hit.Symbol.Kind, hit.Symbol.Entry.Length == 0 ? "." : "./" + hit.Symbol.Entry, hit.Symbol.Summary, hit.Symbol.IsDeprecated,
        $"/@{hit.Scope}/{hit.Package}{hit.Symbol.Address}");

    internal sealed record SymbolList(IReadOnlyList<SymbolShape> Items);

    /// <param name="Entrypoint">The export key: <c>.</c> or <c>./name</c>.</param>
    /// <param name="Url">Of the symbol's documentation: a path of this site.</param>
    internal sealed record SymbolShape(string Scope, string Package, string Version, string Name, string Kind, string Entrypoint, string Summary, bool Deprecated, string Url);
}
