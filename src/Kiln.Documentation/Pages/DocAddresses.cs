using Kiln.Analysis.Docs.Model;

namespace Kiln.Documentation.Pages;

/// <summary>Where pages and sources are found: on the registry, or in the files of a static site.</summary>
public abstract class DocAddresses
{
    /// <summary>
    /// Stands in front of addresses whose beginning is known only when a page is shown (<c>/@scope/name</c> or <c>/@scope/name@1.0.0</c>). A character that no HTML may
    /// contain; renderers drop it from all text that they are given.
    /// </summary>
    public const string Base = "\u0001";

    /// <summary>The address of a page, seen from another one.</summary>
    public abstract string Page(DocPageKey from, DocPageKey to);

    /// <summary>Where the source of a declaration is shown; null where there is none to link to.</summary>
    public abstract string? Source(DocPageKey from, DocLocation location);

    /// <summary>A file of the package that its documentation names by a relative address; null where there is none to link to.</summary>
    /// <param name="path">Absolute in the package: <c>/docs/logo.svg</c>.</param>
    /// <param name="isImage">It is shown rather than visited.</param>
    public abstract string? File(DocPageKey from, string path, bool isImage);

    /// <summary>Another package: <c>npm:</c>, <c>jsr:</c>, <c>node:</c> with an optional exported name; null where there is nothing to link to (docs.md §10.6).</summary>
    public abstract string? External(string specifier, string? exportedName);
}
