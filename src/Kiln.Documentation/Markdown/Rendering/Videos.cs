namespace Kiln.Documentation.Markdown.Rendering;

internal static class Videos
{
    public static bool IsVideo(string? url)
    {
        if (url is null)
        {
            return false;
        }

        var end = url.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? url.AsSpan() : url.AsSpan(0, end);
        return path.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".mov", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".webm", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Loads nothing before it is played.</summary>
    public static string Element(string address, string text) =>
        $"<video{new AttributeList().AddAddress("src", address).AddOnce("controls", "").AddOnce("preload", "none").AddOnce("aria-label", text.Length == 0 ? null : text)}></video>";
}
