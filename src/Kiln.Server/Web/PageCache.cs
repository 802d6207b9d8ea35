namespace Kiln.Server.Web;

/// <summary>How long others may keep a page that looks the same for everybody who is not signed in (web.md §11.1).</summary>
internal enum PageCache
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>The newest version's overview, documentation, versions and dependencies.</summary>
    Newest,

    /// <summary>Score, and what depends on other packages.</summary>
    Slow,

    /// <summary>A version that the address names, and its files.</summary>
    Fixed,
}
