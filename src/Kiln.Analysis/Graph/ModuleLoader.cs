using System.Text;
using Kiln.TypeScript;
using Kiln.TypeScript.Modules;

namespace Kiln.Analysis.Graph;

/// <summary>Reads and parses one file.</summary>
internal sealed class ModuleLoader(IModuleSource source, SpecifierResolver resolver, bool onlyParses = false)
{
    /// <summary>Null when there is no such file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isRoot">A root with an unknown extension is JavaScript.</param>
    public ModuleEntry? Load(string path, bool isRoot)
    {
        if (!source.TryRead(path, out var bytes))
        {
            return null;
        }

        var mediaType = MediaTypes.FromPath(path);
        if (mediaType == MediaType.Unknown && isRoot)
        {
            mediaType = MediaType.JavaScript;
        }

        if (MediaTypes.GetLanguage(mediaType) is not { } language)
        {
            return new ModuleEntry { Path = path, MediaType = mediaType, Data = onlyParses && mediaType == MediaType.Json ? bytes : default };
        }

        var file = Parser.Parse(Decode(bytes.Span), language, new ParseOptions(MediaTypes.GoalOf(mediaType)));
        var info = ModuleInfo.Create(file, MediaTypes.IsModuleByName(mediaType));
        var errors = onlyParses ? file.Diagnostics : SyntaxChecker.Check(file);
        if (errors.Length > 0)
        {
            // A file with errors is a leaf: what it seems to import and export cannot be trusted.
            return new ModuleEntry { Path = path, MediaType = mediaType, SourceFile = file, SyntaxErrors = errors, Info = info };
        }

        var edges = new ModuleEdges(path, file, resolver);
        return new ModuleEntry
        {
            Path = path,
            MediaType = mediaType,
            SourceFile = file,
            Info = info,
            Edges = edges.Collect(info),
            Dependencies = edges.Table,
            SelfTypes = edges.SelfTypes,
        };
    }

    /// <summary>UTF-8 without its byte order mark; what is not UTF-8 becomes U+FFFD, as in the run times.</summary>
    private static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes);
}
