namespace Kiln.Documentation.Markdown.Rendering;

/// <summary>What the author's HTML takes from the page.</summary>
internal interface IAuthorsAddresses
{
    /// <summary>Null drops the link.</summary>
    string? Link(string url);

    /// <summary>Null drops what it would show.</summary>
    string? Image(string url);

    /// <summary>Null for a name without a letter.</summary>
    string? Id(string name);

    /// <summary>The element for a heading, moved by the page's offset; other elements stay.</summary>
    string HeadingLevel(string element);
}
