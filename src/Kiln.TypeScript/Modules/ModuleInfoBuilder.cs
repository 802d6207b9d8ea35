using System.Text;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript.Modules;

/// <summary>Builds a <see cref="ModuleInfo"/> from the tables of a parsed file.</summary>
internal sealed class ModuleInfoBuilder(SourceFile file)
{
    private readonly PositionMap positions = new(file.Text);
    private readonly List<ModuleDependency> dependencies = [];
    private readonly List<TypeScriptReference> references = [];
    private readonly List<JsDocImport> jsDocImports = [];
    private SpecifierWithRange? selfTypes;
    private SpecifierWithRange? jsxImportSource;
    private SpecifierWithRange? jsxImportSourceTypes;

    private bool IsJavaScript => file.Language is Language.JavaScript or Language.Jsx;

    public ModuleInfo Build(bool isModuleByName)
    {
        foreach (var node in file.ModuleReferences)
        {
            AddReference(node);
        }

        ReadLeadingComments();
        if (IsJavaScript)
        {
            ReadDocumentationComments();
        }

        return new ModuleInfo
        {
            IsScript = !isModuleByName && !IsModule(),
            Dependencies = dependencies,
            TypeScriptReferences = references,
            SelfTypes = selfTypes,
            JsxImportSource = jsxImportSource,
            JsxImportSourceTypes = jsxImportSourceTypes,
            JsDocImports = jsDocImports,
            SourceMapUrl = FindSourceMapUrl(),
        };
    }

    /// <summary>
    /// <c>import x = require()</c> and <c>export =</c> are CommonJS in disguise: they alone make no ECMAScript module. <c>import.defer()</c> does.
    /// </summary>
    private bool IsModule()
    {
        var hasCommonJs = false;
        foreach (var statement in file.Statements)
        {
            switch (statement)
            {
                case ImportEqualsDeclaration:
                case ExportAssignment { IsExportEquals: true }:
                    hasCommonJs = true;
                    break;
                case ImportDeclaration or ExportDeclaration or ExportAssignment or NamespaceExportDeclaration:
                case DeclarationStatement declaration when declaration.Modifiers.Has(ModifierFlags.Export):
                    return true;
            }
        }

        return (file.IsModule && !hasCommonJs) || dependencies.Exists(d => d.Kind is ModuleDependencyKind.DynamicImportDefer or ModuleDependencyKind.DynamicImportSource);
    }

    private void AddReference(Node node)
    {
        switch (node)
        {
            case ImportDeclaration import:
                var kind = import.Has(NodeFlags.TypeOnly) ? ModuleDependencyKind.ImportType : import.Phase switch
                {
                    ImportPhase.Source => ModuleDependencyKind.ImportSource,
                    ImportPhase.Defer => ModuleDependencyKind.ImportDefer,
                    _ => ModuleDependencyKind.Import,
                };
                AddStatic(kind, import.ModuleSpecifier, import.Start, import.Attributes, BindsNothing(import.Clause));
                break;
            case ExportDeclaration { ModuleSpecifier: { } specifier } export:
                AddStatic(export.Has(NodeFlags.TypeOnly) ? ModuleDependencyKind.ExportType : ModuleDependencyKind.Export, specifier, export.Start, export.Attributes);
                break;
            case ImportEqualsDeclaration { Reference: ExternalModuleReference { Expression: StringLiteral specifier } } import:
                var equals = import.Has(NodeFlags.TypeOnly) ? ModuleDependencyKind.ImportType
                    : import.Modifiers.Has(ModifierFlags.Export) ? ModuleDependencyKind.ExportEquals
                    : ModuleDependencyKind.ImportEquals;
                AddStatic(equals, specifier, import.Start);
                break;
            case ImportType { Argument: LiteralType { Literal: StringLiteral specifier } } import:
                AddStatic(ModuleDependencyKind.ImportType, specifier, ImportKeyword(import, specifier), import.Attributes);
                break;
            case ModuleDeclaration { Name: StringLiteral { Length: > 0 } name }:
                AddAugmentation(name);
                break;
            case ImportCallExpression { Arguments: [var argument, ..] } call:
                AddDynamic(
                    call.Phase switch
                    {
                        ImportPhase.Source => ModuleDependencyKind.DynamicImportSource,
                        ImportPhase.Defer => ModuleDependencyKind.DynamicImportDefer,
                        _ => ModuleDependencyKind.DynamicImport,
                    },
                    call.Start,
                    argument,
                    call.Arguments);
                break;
            case CallExpression { Expression: Identifier callee, Arguments: [var argument, ..] } call when !call.Has(NodeFlags.QuestionDot) && file.GetSlice(callee) is "require":
                AddDynamic(ModuleDependencyKind.Require, call.Start, argument, call.Arguments);
                break;
        }
    }

    private static bool BindsNothing(ImportClause? clause) => clause is null or { Name: null, NamedBindings: NamedImports { Elements.Length: 0 } };

    /// <summary>A pragma stands in front of <c>import</c>, also in <c>typeof import("x")</c>.</summary>
    private int ImportKeyword(ImportType import, StringLiteral specifier)
    {
        var found = import.IsTypeOf ? file.Text.AsSpan(import.Start, specifier.Start - import.Start).LastIndexOf("import") : 0;
        return import.Start + Math.Max(found, 0);
    }

    private void AddStatic(ModuleDependencyKind kind, StringLiteral specifier, int start, ImportAttributes? attributes = null, bool isSideEffect = false)
    {
        if (specifier.Has(NodeFlags.Missing) || specifier.Length == 0)
        {
            return;
        }

        var span = new TextSpan(specifier.Start, specifier.End);
        dependencies.Add(new ModuleDependency
        {
            Kind = kind,
            Specifier = WellFormed(file.GetStringValue(specifier)),
            Span = span,
            Range = positions.GetRange(span),
            Types = ReadTypesPragma(start),
            IsSideEffect = isSideEffect,
            Attributes = attributes is null ? null : ReadAttributes(attributes),
        });
    }

    /// <summary>An ambient pattern (<c>declare module "*.css"</c>) names no module; a relative name does even with a star.</summary>
    private void AddAugmentation(StringLiteral name)
    {
        var value = file.GetStringValue(name);
        if (!value.Contains('*', StringComparison.Ordinal) || value.StartsWith("./", StringComparison.Ordinal) || value.StartsWith("../", StringComparison.Ordinal))
        {
            AddStatic(ModuleDependencyKind.MaybeTsModuleAugmentation, name, name.Start);
        }
    }

    private void AddDynamic(ModuleDependencyKind kind, int start, Expression argument, Expression[] arguments)
    {
        // What recovery made of a broken argument may lack its delimiters.
        if (file.Diagnostics.Length > 0 && argument is not StringLiteral { Length: > 0 })
        {
            return;
        }

        var span = new TextSpan(argument.Start, argument.End);
        var specifier = argument switch
        {
            StringLiteral literal => WellFormed(file.GetStringValue(literal)),
            Literal { Kind: SyntaxKind.NoSubstitutionTemplateLiteral } template => WellFormed(StringValue.Decode(file.GetSlice(template)[1..^1])),
            _ => null,
        };
        dependencies.Add(new ModuleDependency
        {
            Kind = kind,
            Specifier = specifier,
            Template = specifier is null ? ReadTemplate(argument) : null,
            Span = span,
            Range = positions.GetRange(span),
            Types = ReadTypesPragma(start),
            Attributes = arguments.Length > 1 ? ReadAttributes(arguments[1]) : null,
        });
    }

    private TemplatePart[]? ReadTemplate(Expression argument)
    {
        if (argument is TemplateExpression template)
        {
            var parts = new List<TemplatePart>((template.Elements.Length * 2) - 1);
            for (var i = 0; i < template.Elements.Length; i++)
            {
                var slice = file.GetSlice(template.Elements[i]);
                var value = StringValue.Decode(slice[1..^(i == template.Elements.Length - 1 ? 1 : 2)]);
                if (value.Length > 0)
                {
                    parts.Add(new TemplatePart(WellFormed(value)));
                }

                if (i < template.Expressions.Length)
                {
                    parts.Add(default);
                }
            }

            return [.. parts];
        }

        // A concatenation counts only when its leftmost operand is a string.
        var operands = new Stack<Expression>();
        while (argument is BinaryExpression { Operator: TokenKind.Plus } binary)
        {
            operands.Push(binary.Right);
            argument = binary.Left;
        }

        if (operands.Count == 0 || argument is not StringLiteral)
        {
            return null;
        }

        operands.Push(argument);
        return [.. operands.Select(operand => new TemplatePart(operand is StringLiteral literal ? WellFormed(file.GetStringValue(literal)) : null))];
    }

    private ModuleImportAttributes ReadAttributes(ImportAttributes attributes)
    {
        var known = new List<KeyValuePair<string, string?>>(attributes.Elements.Length);
        foreach (var element in attributes.Elements)
        {
            Set(known, NameOf(element.Name) ?? "", element.Value is StringLiteral { Length: > 0 } value ? WellFormed(file.GetStringValue(value)) : null);
        }

        return new ModuleImportAttributes(known);
    }

    /// <summary>The second argument of an import call. Null when it is an object without <c>with</c>; unknown when only running it could tell.</summary>
    private ModuleImportAttributes? ReadAttributes(Expression options)
    {
        if (options is not ObjectLiteralExpression @object)
        {
            return ModuleImportAttributes.Unknown;
        }

        foreach (var property in @object.Properties)
        {
            if (property is not PropertyAssignment assignment || NameOf(assignment.Name) is not { } name)
            {
                return ModuleImportAttributes.Unknown;
            }

            if (name is "with" or "assert")
            {
                return assignment.Initializer is ObjectLiteralExpression attributes ? ReadAttributeObject(attributes) : ModuleImportAttributes.Unknown;
            }
        }

        return null;
    }

    private ModuleImportAttributes ReadAttributeObject(ObjectLiteralExpression attributes)
    {
        var known = new List<KeyValuePair<string, string?>>(attributes.Properties.Length);
        foreach (var property in attributes.Properties)
        {
            if (property is not PropertyAssignment assignment || NameOf(assignment.Name) is not { } name)
            {
                return ModuleImportAttributes.Unknown;
            }

            Set(known, name, assignment.Initializer is StringLiteral { Length: > 0 } value ? WellFormed(file.GetStringValue(value)) : null);
        }

        return new ModuleImportAttributes(known);
    }

    /// <summary>As in the object that it stands for, a repeated name keeps its place and takes the last value.</summary>
    private static void Set(List<KeyValuePair<string, string?>> known, string name, string? value)
    {
        var index = known.FindIndex(pair => pair.Key == name);
        if (index >= 0)
        {
            known[index] = new(name, value);
        }
        else if (known.Count < MaxAttributes)
        {
            known.Add(new(name, value));
        }
    }

    /// <summary>Attributes have two or three names in practice; the bound keeps the search for repeated ones cheap.</summary>
    private const int MaxAttributes = 64;

    private string? NameOf(Node name) => name switch
    {
        { Length: 0 } => null,
        Identifier identifier => file.GetName(identifier),
        StringLiteral literal => WellFormed(file.GetStringValue(literal)),
        _ => null,
    };

    private SpecifierWithRange? ReadTypesPragma(int start) =>
        LeadingComments.TryGetLast(file, start, out var comment) && CommentPragmas.TryReadTypes(file.Text, CommentPragmas.GetInner(file.Text, comment), out var value)
            ? Specifier(value)
            : null;

    /// <summary>Pragmas of the whole file stand in front of its first statement.</summary>
    private void ReadLeadingComments()
    {
        var end = file.Statements.Length > 0 ? file.Statements[0].Start : file.Text.Length;
        foreach (var comment in file.Comments)
        {
            if (comment.Start >= end)
            {
                break;
            }

            if (comment.Kind == CommentKind.Shebang)
            {
                continue;
            }

            var inner = CommentPragmas.GetInner(file.Text, comment);
            if (comment.Kind == CommentKind.Line)
            {
                ReadTripleSlash(comment, inner);
            }
            else if (file.Language is Language.Jsx or Language.Tsx)
            {
                if (jsxImportSource is null && CommentPragmas.TryReadJsx(file.Text, inner, "@jsxImportSource", out var source))
                {
                    jsxImportSource = Specifier(source);
                }

                if (jsxImportSourceTypes is null && CommentPragmas.TryReadJsx(file.Text, inner, "@jsxImportSourceTypes", out var types))
                {
                    jsxImportSourceTypes = Specifier(types);
                }
            }

            if (IsJavaScript && selfTypes is null && CommentPragmas.TryReadSelfTypes(file.Text, inner, out var self))
            {
                selfTypes = Specifier(self);
            }
        }
    }

    private void ReadTripleSlash(Comment comment, TextSpan inner)
    {
        if (!CommentPragmas.IsTripleSlashReference(file.Text, inner))
        {
            return;
        }

        var whole = new TextSpan(comment.Start, comment.End);
        if (CommentPragmas.TryReadAttribute(file.Text, inner, "path", out var path))
        {
            references.Add(new TypeScriptReference(true, Specifier(path), ResolutionMode.Unspecified, whole));
        }
        else if (CommentPragmas.TryReadAttribute(file.Text, inner, "types", out var types))
        {
            var mode = CommentPragmas.TryReadAttribute(file.Text, inner, "resolution-mode", out var value)
                ? file.Text.AsSpan(value.Value.Start, value.Value.Length) switch
                {
                    "import" => ResolutionMode.Import,
                    "require" => ResolutionMode.Require,
                    _ => ResolutionMode.Unspecified,
                }
                : ResolutionMode.Unspecified;
            references.Add(new TypeScriptReference(false, Specifier(types), mode, whole));
        }
    }

    private void ReadDocumentationComments()
    {
        foreach (var comment in file.Comments)
        {
            if (comment.Kind != CommentKind.JsDoc)
            {
                continue;
            }

            var scanner = new JsDocImportScanner(file.Text, CommentPragmas.GetInner(file.Text, comment));
            while (scanner.TryReadNext(out var specifier, out var mode))
            {
                jsDocImports.Add(new JsDocImport(Specifier(specifier), mode));
            }
        }
    }

    /// <summary>The last one after the last statement.</summary>
    private SpecifierWithRange? FindSourceMapUrl()
    {
        if (file.Statements.Length == 0)
        {
            return null;
        }

        var end = file.Statements[^1].End;
        for (var i = file.Comments.Length - 1; i >= 0 && file.Comments[i].Start >= end; i--)
        {
            if (CommentPragmas.TryReadSourceMapUrl(file.Text, CommentPragmas.GetInner(file.Text, file.Comments[i]), out var value))
            {
                return Specifier(value);
            }
        }

        return null;
    }

    private SpecifierWithRange Specifier(PragmaValue value) =>
        new(WellFormed(file.Text.Substring(value.Value.Start, value.Value.Length)), positions.GetRange(value.Range), value.Range);

    /// <summary>The wire is UTF-8: it has no lone surrogates.</summary>
    private static string WellFormed(string value)
    {
        if (value.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return value;
        }

        var builder = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            builder.Append(rune);
        }

        return builder.ToString();
    }
}
