using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript;
using Kiln.TypeScript.JsDoc;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>Comments with the types of their tags: docs.md §6.2.</summary>
internal static class TagReader
{
    /// <summary>What the reference puts in front of a type to parse it.</summary>
    private const string Wrapper = "type Dummy = ";

    /// <returns>Null when the comment is empty.</returns>
    public static DocComment? Read(DocFile file, JsDocComment comment)
    {
        if (comment.IsEmpty)
        {
            return null;
        }

        if (comment.Tags.IsEmpty)
        {
            return new DocComment { Text = comment.Description };
        }

        var tags = ImmutableArray.CreateBuilder<DocTag>(comment.Tags.Length);
        foreach (var tag in comment.Tags)
        {
            tags.Add(new DocTag
            {
                Kind = tag.Kind,
                Name = tag.Name?.Value,
                Type = tag.Type is { } type ? ReadType(file, type.Value) : null,
                Default = tag.Default?.Value,
                Text = tag.Description,
                IsOptional = tag.IsOptional,
                Items = tag.Items,
                Priority = tag.Priority,
            });
        }

        return new DocComment { Text = comment.Description, Tags = tags.MoveToImmutable() };
    }

    private static DocType ReadType(DocFile file, string text)
    {
        if (DocKeywords.Of(text) is { } keyword)
        {
            return keyword;
        }

        // Array.<T> is an old way of writing Array<T>, and the only one that the reference understands.
        var source = Parser.Parse(Wrapper + text.Replace(".<", " <", StringComparison.Ordinal), Language.TypeScript);
        return source.Diagnostics.Length == 0 && source.Statements is [TypeAliasDeclaration { Type: not TypePredicate } alias, ..]
            ? StackGuard.Run(guard => new TypeReader(file, source, guard).Read(alias.Type)).WithRepr(text)
            : new DocUnsupportedType { Repr = text };
    }
}
