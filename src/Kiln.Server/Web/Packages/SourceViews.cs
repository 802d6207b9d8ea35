using System.Globalization;
using System.Text;
using Kiln.Analysis;
using Kiln.Documentation.Highlighting;
using Kiln.Documentation.Html;
using Kiln.Documentation.Markdown;
using Kiln.Packages.Publishing;
using Kiln.Registry.Storage;
using Microsoft.Extensions.Caching.Memory;

namespace Kiln.Server.Web.Packages;

/// <summary>
/// Files as markup, made when somebody looks: nobody looks at most of them. Files never change, so what was made is remembered up to a bound; and few are made at once, because one
/// may take a processor for a while.
/// </summary>
internal sealed class SourceViews(IObjectStore store) : IDisposable
{
    /// <summary>Bytes of a file that is shown; a larger one is only offered.</summary>
    private const int LargestShown = 512 * 1024;

    /// <summary>Lines with an anchor each; a longer file is shown without.</summary>
    private const int MostLines = 40_000;

    private const int LargestReadme = 128 * 1024;
    private const int AtOnce = 2;
    private const long Capacity = 32 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = Capacity });
    private readonly SemaphoreSlim gate = new(AtOnce);

    /// <summary>A file of a version. Null when there is no such file.</summary>
    public async Task<SourceView?> ShowAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (cache.TryGetValue(key, out SourceView? known))
        {
            return known;
        }

        var view = await ShowFreshAsync(key, cancellation);
        if (view is { Kind: SourceKind.Text })
        {
            cache.Set(key, view, new MemoryCacheEntryOptions { Size = SizeOf(view.Html) });
        }

        return view;
    }

    /// <summary>A document that is replaced now and then.</summary>
    public async Task<SourceView?> ShowFreshAsync(ObjectKey key, CancellationToken cancellation)
    {
        await using var stored = await store.OpenAsync(key, cancellation);
        if (stored is null)
        {
            return null;
        }

        if (stored.Length > LargestShown)
        {
            return new SourceView(stored.Length, SourceKind.TooLarge, default, 0);
        }

        return Decode(await stored.ReadAllAsync(cancellation)) is { } text
            ? await MakeAsync(() => Lines(text, LanguageOf(key.Path), stored.Length), cancellation)
            : new SourceView(stored.Length, SourceKind.Binary, default, 0);
    }

    /// <summary>The README of a folder as markup; null when it is too large to be made in a request.</summary>
    public async Task<TrustedHtml?> ReadmeAsync(ObjectKey key, MarkdownContext context, CancellationToken cancellation)
    {
        if (cache.TryGetValue((key, nameof(ReadmeAsync)), out TrustedHtml known))
        {
            return known;
        }

        await using var stored = await store.OpenAsync(key, cancellation);
        if (stored is null || stored.Length > LargestReadme || Decode(await stored.ReadAllAsync(cancellation)) is not { } text)
        {
            return null;
        }

        var html = await MakeAsync(() => MarkdownRenderer.Render(text, context).Html, cancellation);
        cache.Set((key, nameof(ReadmeAsync)), html, new MemoryCacheEntryOptions { Size = SizeOf(html) });
        return html;
    }

    public void Dispose()
    {
        cache.Dispose();
        gate.Dispose();
    }

    private static long SizeOf(TrustedHtml html) => (html.ToString().Length * 2L) + 256;

    /// <summary>Every line is an element with its number as a link; the numbers cannot be selected, so that copying takes the code alone.</summary>
    private static SourceView Lines(string text, string language, long length)
    {
        var lines = CodeHighlighter.HighlightLines(text, language);
        var count = lines.Count > 1 && lines[^1].IsEmpty ? lines.Count - 1 : lines.Count;
        var html = new StringBuilder(text.Length * 2);
        for (var i = 0; i < count; i++)
        {
            if (count > MostLines)
            {
                html.Append(lines[i].ToString()).Append('\n');
                continue;
            }

            html.Append(CultureInfo.InvariantCulture, $"<span id=\"L{i + 1}\"><a href=\"#L{i + 1}\">{i + 1}</a>").Append(lines[i].ToString()).Append("\n</span>");
        }

        return new SourceView(length, SourceKind.Text, TrustedHtml.FromMarkup(html.ToString()), count);
    }

    private static string LanguageOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        return (dot < 0 ? name : name[(dot + 1)..]).ToLowerInvariant();
    }

    /// <summary>Null for what is not text.</summary>
    private static string? Decode(byte[] bytes)
    {
        try
        {
            var text = StrictUtf8.GetString(bytes.AsSpan().StartsWith(StrictUtf8.Preamble) ? bytes.AsSpan(StrictUtf8.Preamble.Length) : bytes);
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private async Task<T> MakeAsync<T>(Func<T> make, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            return await DeepStack.RunAsync(_ => make(), cancellation);
        }
        finally
        {
            gate.Release();
        }
    }
}
