using System.Collections.Immutable;
using System.Text.Json;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Json;

/// <summary>Types and parameters.</summary>
internal sealed partial class DocJsonReader
{
    private DocType? OptionalType(JsonElement json, ReadOnlySpan<byte> name) => json.TryGetProperty(name, out var type) ? ReadType(type) : null;

    private DocType ReadType(JsonElement json)
    {
        if (!DeepStack.HasRoom)
        {
            DocType? result = null;
            DeepStack.Continue(() => result = ReadType(json));
            return result!;
        }

        var repr = OptionalText(json, "repr"u8) ?? "";
        var kind = Text(json, "kind"u8);
        return kind switch
        {
            "this" => new DocThisType { Repr = repr },
            "unsupported" => new DocUnsupportedType { Repr = repr },
            _ => ReadType(kind, repr, json.GetProperty("value"u8)),
        };
    }

    private DocType ReadType(string kind, string repr, JsonElement value) => kind switch
    {
        "keyword" => new DocKeywordType { Repr = repr, Name = value.GetString()! },
        "typeQuery" => new DocTypeQuery { Repr = repr, Name = value.GetString()! },
        "literal" => ReadLiteral(repr, value),
        "typeRef" => new DocTypeReference
        {
            Repr = repr,
            Name = Text(value, "typeName"u8),
            Arguments = ReadList(value, "typeParams"u8, ReadType),
            Resolution = value.TryGetProperty("resolution"u8, out var resolution) ? ReadResolution(resolution) : null,
        },
        "union" => new DocUnionType { Repr = repr, Types = ReadItems(value, ReadType) },
        "intersection" => new DocIntersectionType { Repr = repr, Types = ReadItems(value, ReadType) },
        "tuple" => new DocTupleType { Repr = repr, Elements = ReadItems(value, ReadType) },
        "array" => new DocArrayType { Repr = repr, Element = ReadType(value) },
        "parenthesized" => new DocParenthesizedType { Repr = repr, Type = ReadType(value) },
        "optional" => new DocOptionalType { Repr = repr, Type = ReadType(value) },
        "rest" => new DocRestType { Repr = repr, Type = ReadType(value) },
        "typeOperator" => new DocTypeOperator { Repr = repr, Operator = Text(value, "operator"u8), Type = ReadType(value.GetProperty("tsType"u8)) },
        "fnOrConstructor" => new DocFunctionType
        {
            Repr = repr,
            IsConstructor = Flag(value, "constructor"u8),
            ReturnType = ReadType(value.GetProperty("tsType"u8)),
            Parameters = ReadParameters(value),
            TypeParameters = ReadTypeParameters(value),
        },
        "conditional" => new DocConditionalType
        {
            Repr = repr,
            Check = ReadType(value.GetProperty("checkType"u8)),
            Extends = ReadType(value.GetProperty("extendsType"u8)),
            True = ReadType(value.GetProperty("trueType"u8)),
            False = ReadType(value.GetProperty("falseType"u8)),
        },
        "infer" => new DocInferType { Repr = repr, TypeParameter = ReadTypeParameter(value.GetProperty("typeParam"u8)) },
        "indexedAccess" => new DocIndexedAccessType
        {
            Repr = repr,
            IsReadonly = Flag(value, "readonly"u8),
            Object = ReadType(value.GetProperty("objType"u8)),
            Index = ReadType(value.GetProperty("indexType"u8)),
        },
        "mapped" => new DocMappedType
        {
            Repr = repr,
            Readonly = ReadModifier(value, "readonly"u8),
            TypeParameter = ReadTypeParameter(value.GetProperty("typeParam"u8)),
            NameType = OptionalType(value, "nameType"u8),
            Optional = ReadModifier(value, "optional"u8),
            Type = OptionalType(value, "tsType"u8),
        },
        "typeLiteral" => new DocTypeLiteral { Repr = repr, Members = ReadMembers(value) },
        "typePredicate" => new DocTypePredicate
        {
            Repr = repr,
            IsAsserts = Flag(value, "asserts"u8),
            ParameterName = OptionalText(value.GetProperty("param"u8), "name"u8),
            Type = OptionalType(value, "type"u8),
        },
        "importType" => new DocImportType
        {
            Repr = repr,
            Specifier = Text(value, "specifier"u8),
            Qualifier = OptionalText(value, "qualifier"u8),
            Arguments = ReadList(value, "typeParams"u8, ReadType),
        },
        _ => throw new FormatException($"Unknown kind of type \"{kind}\"."),
    };

    private DocType ReadLiteral(string repr, JsonElement json) => Text(json, "kind"u8) switch
    {
        "number" => new DocLiteralType { Repr = repr, Kind = DocLiteralKind.Number, Number = ReadNumber(json.GetProperty("number"u8)) },
        "string" => new DocLiteralType { Repr = repr, Kind = DocLiteralKind.String, Text = Text(json, "string"u8) },
        "bigInt" => new DocLiteralType { Repr = repr, Kind = DocLiteralKind.BigInt, Text = Text(json, "string"u8) },
        "boolean" => new DocLiteralType { Repr = repr, Kind = DocLiteralKind.Boolean, IsTrue = json.GetProperty("boolean"u8).GetBoolean() },
        "template" => new DocTemplateType { Repr = repr, Parts = ReadList(json, "tsTypes"u8, ReadType) },
        var kind => throw new FormatException($"Unknown kind of literal \"{kind}\"."),
    };

    /// <summary>JSON has no infinity; <c>null</c> stands for it.</summary>
    private static double ReadNumber(JsonElement json) => json.ValueKind == JsonValueKind.Null ? double.PositiveInfinity : json.GetDouble();

    private static DocResolution ReadResolution(JsonElement json) => new()
    {
        Kind = Word<DocResolutionKind>(json, "kind"u8, DocJsonNames.Of),
        DeclaringName = OptionalText(json, "declaringName"u8),
        DeclaringKind = OptionalText(json, "declaringKind"u8),
        Specifier = OptionalText(json, "specifier"u8),
        ImportedName = OptionalText(json, "name"u8),
    };

    private static DocMappedModifier ReadModifier(JsonElement json, ReadOnlySpan<byte> name) =>
        !json.TryGetProperty(name, out var value) ? DocMappedModifier.None
        : value.ValueKind == JsonValueKind.True ? DocMappedModifier.Present
        : value.ValueEquals("+"u8) ? DocMappedModifier.Plus
        : DocMappedModifier.Minus;

    private DocTypeParameter ReadTypeParameter(JsonElement json) => new()
    {
        Name = Text(json, "name"u8),
        Constraint = OptionalType(json, "constraint"u8),
        Default = OptionalType(json, "default"u8),
    };

    private ImmutableArray<DocTypeParameter> ReadTypeParameters(JsonElement json) => ReadList(json, "typeParams"u8, ReadTypeParameter);

    private DocTypeMembers ReadMembers(JsonElement json) => new()
    {
        Constructors = ReadList(json, "constructors"u8, ReadConstructSignature),
        Methods = ReadList(json, "methods"u8, ReadMethodSignature),
        Properties = ReadList(json, "properties"u8, ReadPropertySignature),
        CallSignatures = ReadList(json, "callSignatures"u8, ReadCallSignature),
        IndexSignatures = ReadList(json, "indexSignatures"u8, ReadIndexSignature),
    };

    private DocConstructSignature ReadConstructSignature(JsonElement json) => new()
    {
        Comment = ReadComment(json),
        Parameters = ReadParameters(json),
        ReturnType = OptionalType(json, "returnType"u8),
        TypeParameters = ReadTypeParameters(json),
        Location = ReadLocation(json.GetProperty("location"u8)),
    };

    private DocMethodSignature ReadMethodSignature(JsonElement json) => new()
    {
        Name = Text(json, "name"u8),
        Comment = ReadComment(json),
        Kind = Word<DocMethodKind>(json, "kind"u8, DocJsonNames.Of),
        Location = ReadLocation(json.GetProperty("location"u8)),
        Parameters = ReadParameters(json),
        IsComputed = Flag(json, "computed"u8),
        IsOptional = Flag(json, "optional"u8),
        ReturnType = OptionalType(json, "returnType"u8),
        TypeParameters = ReadTypeParameters(json),
    };

    private DocPropertySignature ReadPropertySignature(JsonElement json) => new()
    {
        Name = Text(json, "name"u8),
        Comment = ReadComment(json),
        Location = ReadLocation(json.GetProperty("location"u8)),
        Parameters = ReadParameters(json),
        IsReadonly = Flag(json, "readonly"u8),
        IsComputed = Flag(json, "computed"u8),
        IsOptional = Flag(json, "optional"u8),
        Type = OptionalType(json, "tsType"u8),
        TypeParameters = ReadTypeParameters(json),
    };

    private DocCallSignature ReadCallSignature(JsonElement json) => new()
    {
        Comment = ReadComment(json),
        Location = ReadLocation(json.GetProperty("location"u8)),
        Parameters = ReadParameters(json),
        ReturnType = OptionalType(json, "tsType"u8),
        TypeParameters = ReadTypeParameters(json),
    };

    private DocIndexSignature ReadIndexSignature(JsonElement json) => new()
    {
        Comment = ReadComment(json),
        IsReadonly = Flag(json, "readonly"u8),
        Parameters = ReadParameters(json),
        Type = OptionalType(json, "tsType"u8),
        Location = ReadLocation(json.GetProperty("location"u8)),
    };

    private ImmutableArray<DocParameter> ReadParameters(JsonElement json) => ReadList(json, "params"u8, ReadParameter);

    private DocParameter ReadParameter(JsonElement json)
    {
        if (!DeepStack.HasRoom)
        {
            DocParameter? result = null;
            DeepStack.Continue(() => result = ReadParameter(json));
            return result!;
        }

        var decorators = ReadDecorators(json);
        var type = OptionalType(json, "tsType"u8);
        var property = ReadParameterProperty(json);
        var isOptional = Flag(json, "optional"u8);
        return Text(json, "kind"u8) switch
        {
            "identifier" => new DocIdentifierParameter { Name = Text(json, "name"u8), IsOptional = isOptional, Decorators = decorators, Type = type, Property = property },
            "assign" => new DocAssignParameter { Left = ReadParameter(json.GetProperty("left"u8)), Right = Text(json, "right"u8), Decorators = decorators, Type = type, Property = property },
            "array" => new DocArrayParameter { Elements = ReadList(json, "elements"u8, ReadOptionalParameter), IsOptional = isOptional, Decorators = decorators, Type = type, Property = property },
            "object" => new DocObjectParameter { Properties = ReadList(json, "props"u8, ReadPatternProperty), IsOptional = isOptional, Decorators = decorators, Type = type, Property = property },
            "rest" => new DocRestParameter { Argument = ReadParameter(json.GetProperty("arg"u8)), Decorators = decorators, Type = type, Property = property },
            var kind => throw new FormatException($"Unknown kind of parameter \"{kind}\"."),
        };
    }

    private DocParameter? ReadOptionalParameter(JsonElement json) => json.ValueKind == JsonValueKind.Null ? null : ReadParameter(json);

    /// <summary>Only what is written can be told: a property without any of these modifiers does not exist.</summary>
    private static DocParameterProperty? ReadParameterProperty(JsonElement json)
    {
        var property = new DocParameterProperty(ReadAccessibility(json), Flag(json, "isOverride"u8), Flag(json, "readonly"u8));
        return property is { Accessibility: DocAccessibility.None, IsOverride: false, IsReadonly: false } ? null : property;
    }

    private DocPatternProperty ReadPatternProperty(JsonElement json) => Text(json, "kind"u8) switch
    {
        "rest" => new DocPatternProperty(null, ReadParameter(json.GetProperty("arg"u8)), null),
        "keyValue" => new DocPatternProperty(Text(json, "key"u8), ReadParameter(json.GetProperty("value"u8)), null),
        "assign" => new DocPatternProperty(Text(json, "key"u8), null, json.GetProperty("value"u8).GetString()),
        var kind => throw new FormatException($"Unknown kind of property \"{kind}\"."),
    };
}
