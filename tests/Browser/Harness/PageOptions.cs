namespace Kiln.Browser.Harness;

/// <summary>How a page is opened, and what it may ask for.</summary>
public sealed record PageOptions
{
    /// <summary>The host whose answers come from <see cref="Site"/>; nothing listens there.</summary>
    public const string SiteAddress = "http://site.test/";

    /// <summary>Beginnings of addresses that the page may load: <c>file:///tmp/site/</c>, <c>http://127.0.0.1:8000/</c>.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Answers requests to <see cref="SiteAddress"/> from memory. The argument is the path with its query: <c>/index.html?x=1</c>. Null is a 404.</summary>
    public Func<string, SiteResponse?>? Site { get; init; }

    public bool Dark { get; init; }

    public bool JavaScript { get; init; } = true;

    /// <summary>The page may read and write the clipboard.</summary>
    public bool Clipboard { get; init; }

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 900;

    /// <summary>Console messages that contain one of these are no failure.</summary>
    public IReadOnlyList<string> ExpectedMessages { get; init; } = [];
}
