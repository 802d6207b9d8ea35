using System.Collections.Immutable;
using System.Text.Json;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Json;

/// <summary>The other direction of <see cref="DocJsonWriter"/>. Unknown members are passed over; a member that is needed and absent is an error.</summary>
internal sealed partial class DocJsonReader
{
    /// <summary>Source nests at most 512 deep; a level of it takes up to six of JSON.</summary>
    private const int MaxDepth = 8192;

    public static DocSet Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return new DocJsonReader().ReadSet(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"This is no documentation of version {DocJson.Version}: {e.Message}", e);
        }
    }

    private DocSet ReadSet(JsonElement root)
    {
        if (!root.GetProperty("version"u8).TryGetInt32(out var version) || version != DocJson.Version)
        {
            throw new FormatException($"Only version {DocJson.Version} can be read.");
        }

        var modules = ImmutableArray.CreateBuilder<DocModule>();
        foreach (var module in root.GetProperty("nodes"u8).EnumerateObject())
        {
            modules.Add(new DocModule
            {
                Specifier = module.Name,
                Comment = ReadComment(module.Value, "module_doc"u8),
                Imports = ReadList(module.Value, "imports"u8, ReadImport),
                Symbols = ReadList(module.Value, "symbols"u8, ReadSymbol),
            });
        }

        return new DocSet { Modules = modules.DrainToImmutable() };
    }

    private DocImport ReadImport(JsonElement json) => new()
    {
        LocalName = Text(json, "importedName"u8),
        ExportedName = OptionalText(json, "originalName"u8),
        Source = Text(json, "src"u8),
        Comment = ReadComment(json),
    };

    private DocSymbol ReadSymbol(JsonElement json) => new()
    {
        Name = Text(json, "name"u8),
        IsDefault = Flag(json, "isDefault"u8),
        Declarations = ReadList(json, "declarations"u8, ReadDeclaration),
    };

    private DocDeclaration ReadDeclaration(JsonElement json) => new()
    {
        Location = ReadLocation(json.GetProperty("location"u8)),
        Visibility = Word<DocVisibility>(json, "declarationKind"u8, DocJsonNames.Of),
        Comment = ReadComment(json),
        Definition = ReadDefinition(Text(json, "kind"u8), json.GetProperty("def"u8)),
    };

    private DocDefinition ReadDefinition(string kind, JsonElement json)
    {
        if (!DeepStack.HasRoom)
        {
            DocDefinition? result = null;
            DeepStack.Continue(() => result = ReadDefinition(kind, json));
            return result!;
        }

        return kind switch
        {
            "function" => ReadFunction(json),
            "variable" => new DocVariable { Type = OptionalType(json, "tsType"u8), Keyword = Text(json, "kind"u8) },
            "class" => ReadClass(json),
            "interface" => new DocInterface
            {
                DeclaredName = OptionalText(json, "defName"u8),
                Extends = ReadList(json, "extends"u8, ReadType),
                Members = ReadMembers(json),
                TypeParameters = ReadTypeParameters(json),
            },
            "enum" => new DocEnum { Members = ReadList(json, "members"u8, ReadEnumMember) },
            "typeAlias" => new DocTypeAlias { Type = ReadType(json.GetProperty("tsType"u8)), TypeParameters = ReadTypeParameters(json) },
            "namespace" => new DocNamespace { Elements = ReadList(json, "elements"u8, ReadSymbol) },
            "reference" => new DocReference { Target = ReadLocation(json.GetProperty("target"u8)) },
            _ => throw new FormatException($"Unknown kind of declaration \"{kind}\"."),
        };
    }

    private DocFunction ReadFunction(JsonElement json) => new()
    {
        DeclaredName = OptionalText(json, "defName"u8),
        Parameters = ReadParameters(json),
        ReturnType = OptionalType(json, "returnType"u8),
        HasBody = Flag(json, "hasBody"u8),
        IsAsync = Flag(json, "isAsync"u8),
        IsGenerator = Flag(json, "isGenerator"u8),
        TypeParameters = ReadTypeParameters(json),
        Decorators = ReadDecorators(json),
    };

    private DocClass ReadClass(JsonElement json) => new()
    {
        DeclaredName = OptionalText(json, "defName"u8),
        IsAbstract = Flag(json, "isAbstract"u8),
        Constructors = ReadList(json, "constructors"u8, ReadConstructor),
        Properties = ReadList(json, "properties"u8, ReadProperty),
        IndexSignatures = ReadList(json, "indexSignatures"u8, ReadIndexSignature),
        Methods = ReadList(json, "methods"u8, ReadMethod),
        Extends = OptionalText(json, "extends"u8),
        Implements = ReadList(json, "implements"u8, ReadType),
        TypeParameters = ReadTypeParameters(json),
        SuperTypeArguments = ReadList(json, "superTypeParams"u8, ReadType),
        Decorators = ReadDecorators(json),
    };

    private DocConstructor ReadConstructor(JsonElement json) => new()
    {
        Comment = ReadComment(json),
        Accessibility = ReadAccessibility(json),
        IsOptional = Flag(json, "isOptional"u8),
        HasBody = Flag(json, "hasBody"u8),
        Parameters = ReadParameters(json),
        Location = ReadLocation(json.GetProperty("location"u8)),
    };

    private DocClassProperty ReadProperty(JsonElement json) => new()
    {
        Comment = ReadComment(json),
        Type = OptionalType(json, "tsType"u8),
        IsReadonly = Flag(json, "readonly"u8),
        Accessibility = ReadAccessibility(json),
        Decorators = ReadDecorators(json),
        IsOptional = Flag(json, "optional"u8),
        IsAbstract = Flag(json, "isAbstract"u8),
        IsStatic = Flag(json, "isStatic"u8),
        IsOverride = Flag(json, "isOverride"u8),
        Name = Text(json, "name"u8),
        Location = ReadLocation(json.GetProperty("location"u8)),
    };

    private DocClassMethod ReadMethod(JsonElement json) => new()
    {
        Comment = ReadComment(json),
        Accessibility = ReadAccessibility(json),
        IsOptional = Flag(json, "optional"u8),
        IsAbstract = Flag(json, "isAbstract"u8),
        IsStatic = Flag(json, "isStatic"u8),
        IsOverride = Flag(json, "isOverride"u8),
        Name = Text(json, "name"u8),
        Kind = Word<DocMethodKind>(json, "kind"u8, DocJsonNames.Of),
        Function = ReadFunction(json.GetProperty("functionDef"u8)),
        Location = ReadLocation(json.GetProperty("location"u8)),
    };

    private DocEnumMember ReadEnumMember(JsonElement json) => new()
    {
        Name = Text(json, "name"u8),
        Value = OptionalType(json, "init"u8),
        Comment = ReadComment(json),
        Location = ReadLocation(json.GetProperty("location"u8)),
    };

    private static DocDecorator ReadDecorator(JsonElement json) => new()
    {
        Name = Text(json, "name"u8),
        Arguments = ReadList(json, "args"u8, static item => item.GetString()!),
        Location = ReadLocation(json.GetProperty("location"u8)),
    };

    private static ImmutableArray<DocDecorator> ReadDecorators(JsonElement json) => ReadList(json, "decorators"u8, ReadDecorator);

    private static DocLocation ReadLocation(JsonElement json) =>
        new(Text(json, "filename"u8), json.GetProperty("line"u8).GetInt32(), json.GetProperty("col"u8).GetInt32(), json.GetProperty("byteIndex"u8).GetInt32());

    private static DocAccessibility ReadAccessibility(JsonElement json) =>
        json.TryGetProperty("accessibility"u8, out _) ? Word<DocAccessibility>(json, "accessibility"u8, DocJsonNames.Of) : DocAccessibility.None;

    /// <summary>The value whose word stands there.</summary>
    private static T Word<T>(JsonElement json, ReadOnlySpan<byte> name, Func<T, string?> wordOf)
        where T : struct, Enum
    {
        var word = Text(json, name);
        foreach (var value in Enum.GetValues<T>())
        {
            if (wordOf(value) == word)
            {
                return value;
            }
        }

        throw new FormatException($"Unknown word \"{word}\".");
    }

    private static string Text(JsonElement json, ReadOnlySpan<byte> name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException("A text is null.");

    private static string? OptionalText(JsonElement json, ReadOnlySpan<byte> name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool Flag(JsonElement json, ReadOnlySpan<byte> name) => json.TryGetProperty(name, out var value) && value.GetBoolean();

    private static ImmutableArray<T> ReadList<T>(JsonElement json, ReadOnlySpan<byte> name, Func<JsonElement, T> read) =>
        json.TryGetProperty(name, out var list) ? ReadItems(list, read) : [];

    private static ImmutableArray<T> ReadItems<T>(JsonElement list, Func<JsonElement, T> read)
    {
        var items = ImmutableArray.CreateBuilder<T>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            items.Add(read(item));
        }

        return items.DrainToImmutable();
    }
}
