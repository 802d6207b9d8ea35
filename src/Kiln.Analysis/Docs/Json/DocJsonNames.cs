using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Analysis.Docs.Json;

/// <summary>The words of the wire form.</summary>
internal static class DocJsonNames
{
    public static string Of(DocVisibility visibility) => visibility switch
    {
        DocVisibility.Private => "private",
        DocVisibility.Declare => "declare",
        DocVisibility.Export => "export",
        _ => throw new ArgumentOutOfRangeException(nameof(visibility)),
    };

    public static string Of(DocKind kind) => kind switch
    {
        DocKind.Function => "function",
        DocKind.Variable => "variable",
        DocKind.Class => "class",
        DocKind.Interface => "interface",
        DocKind.Enum => "enum",
        DocKind.TypeAlias => "typeAlias",
        DocKind.Namespace => "namespace",
        DocKind.Reference => "reference",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Of(DocMethodKind kind) => kind switch
    {
        DocMethodKind.Method => "method",
        DocMethodKind.Getter => "getter",
        DocMethodKind.Setter => "setter",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Null where nothing is written.</summary>
    public static string? Of(DocAccessibility accessibility) => accessibility switch
    {
        DocAccessibility.None => null,
        DocAccessibility.Public => "public",
        DocAccessibility.Protected => "protected",
        DocAccessibility.Private => "private",
        _ => throw new ArgumentOutOfRangeException(nameof(accessibility)),
    };

    public static string Of(DocResolutionKind kind) => kind switch
    {
        DocResolutionKind.Local => "local",
        DocResolutionKind.TypeParameter => "typeParam",
        DocResolutionKind.Import => "import",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Of(DocType type) => type switch
    {
        DocTypeReference => "typeRef",
        DocKeywordType => "keyword",
        DocLiteralType or DocTemplateType => "literal",
        DocUnionType => "union",
        DocArrayType => "array",
        DocTypeLiteral => "typeLiteral",
        DocFunctionType => "fnOrConstructor",
        DocIntersectionType => "intersection",
        DocTupleType => "tuple",
        DocParenthesizedType => "parenthesized",
        DocOptionalType => "optional",
        DocRestType => "rest",
        DocTypeOperator => "typeOperator",
        DocTypeQuery => "typeQuery",
        DocThisType => "this",
        DocConditionalType => "conditional",
        DocInferType => "infer",
        DocIndexedAccessType => "indexedAccess",
        DocMappedType => "mapped",
        DocTypePredicate => "typePredicate",
        DocImportType => "importType",
        DocUnsupportedType => "unsupported",
        _ => throw new ArgumentException($"Unknown type {type.GetType().Name}.", nameof(type)),
    };

    public static string Of(JsDocTagKind kind) => kind switch
    {
        JsDocTagKind.Unsupported => "unsupported",
        JsDocTagKind.Callback => "callback",
        JsDocTagKind.Category => "category",
        JsDocTagKind.Constructor => "constructor",
        JsDocTagKind.Default => "default",
        JsDocTagKind.Deprecated => "deprecated",
        JsDocTagKind.Enum => "enum",
        JsDocTagKind.Event => "event",
        JsDocTagKind.Example => "example",
        JsDocTagKind.Experimental => "experimental",
        JsDocTagKind.Extends => "extends",
        JsDocTagKind.Fires => "fires",
        JsDocTagKind.Ignore => "ignore",
        JsDocTagKind.Internal => "internal",
        JsDocTagKind.Listens => "listens",
        JsDocTagKind.Module => "module",
        JsDocTagKind.Param => "param",
        JsDocTagKind.Priority => "priority",
        JsDocTagKind.Private => "private",
        JsDocTagKind.Property => "property",
        JsDocTagKind.Protected => "protected",
        JsDocTagKind.Public => "public",
        JsDocTagKind.Readonly => "readonly",
        JsDocTagKind.Returns => "return",
        JsDocTagKind.See => "see",
        JsDocTagKind.Since => "since",
        JsDocTagKind.Summary => "summary",
        JsDocTagKind.Tags => "tags",
        JsDocTagKind.Template => "template",
        JsDocTagKind.This => "this",
        JsDocTagKind.Throws => "throws",
        JsDocTagKind.Type => "type",
        JsDocTagKind.Typedef => "typedef",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
