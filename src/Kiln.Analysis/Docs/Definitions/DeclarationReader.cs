using System.Collections.Immutable;
using Kiln.Analysis.Declarations;
using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript;
using Kiln.TypeScript.JsDoc;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>Functions, interfaces, enums and type aliases; classes are in a part of their own.</summary>
internal sealed partial class DeclarationReader(DocFile file, SymbolScope scope, StackGuard guard)
{
    private readonly SourceFile source = file.Source;

    public TypeReader Types { get; } = new(file, scope, guard);

    public DocFunction ReadFunction(FunctionDeclaration node)
    {
        var mark = Types.Enter(node.TypeParameters, node.TypeParameters.Length == 0 ? NameResolver.Anonymous : NameResolver.Declared(NameOf(node.Name), "function"), node.Parameters);
        var function = Create(node, node.TypeParameters, node.Parameters, node.Type, node.Body, DefaultName(node.Modifiers, node.Name), [], node.Modifiers.Has(ModifierFlags.Async));
        Types.Leave(mark);
        return function;
    }

    /// <summary>A value that is a function or class counts as its declaration; null for others.</summary>
    public DocDefinition? ReadValue(Expression value)
    {
        switch (value)
        {
            case FunctionExpression node:
                var mark = Types.Enter(node.TypeParameters, NameResolver.Anonymous, node.Parameters, node.Name);
                var function = Create(node, node.TypeParameters, node.Parameters, node.Type, node.Body, DeclaredName(node.Name), [], isAsync: false);
                Types.Leave(mark);
                return function;
            case ArrowFunction node:
                mark = Types.Enter(node.TypeParameters, NameResolver.Anonymous, node.Parameters, body: node.Body);
                function = Create(node, node.TypeParameters, node.Parameters, node.Type, node.Body, null, [], isAsync: false);
                Types.Leave(mark);
                return function;
            case ClassExpression node: return ReadClass(node);
            default: return null;
        }
    }

    public DocInterface ReadInterface(InterfaceDeclaration node)
    {
        var mark = Types.Enter(node.TypeParameters, NameResolver.Declared(source.GetName(node.Name), "interface"), []);
        var definition = new DocInterface
        {
            DeclaredName = DefaultName(node.Modifiers, node.Name),
            Extends = Types.ReadHeritage(node.Extends),
            TypeParameters = Types.ReadTypeParameters(node.TypeParameters),
            Members = Types.ReadMembers(node.Members, isInterface: true),
        };
        Types.Leave(mark);
        return definition;
    }

    public DocTypeAlias ReadTypeAlias(TypeAliasDeclaration node)
    {
        var mark = Types.Enter(node.TypeParameters, NameResolver.Declared(source.GetName(node.Name), "typeAlias"), []);
        var definition = new DocTypeAlias
        {
            Type = Types.Read(node.Type),
            TypeParameters = Types.ReadTypeParameters(node.TypeParameters),
        };
        Types.Leave(mark);
        return definition;
    }

    public DocEnum ReadEnum(EnumDeclaration node)
    {
        var members = ImmutableArray.CreateBuilder<DocEnumMember>(node.Members.Length);
        foreach (var member in node.Members)
        {
            var comment = file.CommentAt(member.Start);
            if (IsIgnored(comment))
            {
                continue;
            }

            members.Add(new DocEnumMember
            {
                Name = ExpressionText.OfEnumMember(source, member.Name),
                Value = member.Initializer is null ? null : Types.Infer(member.Initializer, isConst: true),
                Comment = comment,
                Location = file.Locate(member.Start),
            });
        }

        return new DocEnum { Members = members.DrainToImmutable() };
    }

    private DocFunction Create(Node node, TypeParameter[] typeParameters, Parameter[] parameters, TypeNode? returnType, Node? body, string? declaredName, Decorator[] decorators, bool isAsync)
    {
        isAsync |= node.Has(NodeFlags.Async);
        var isGenerator = node.Has(NodeFlags.Generator);
        return new DocFunction
        {
            DeclaredName = declaredName,
            TypeParameters = Types.ReadTypeParameters(typeParameters),
            Parameters = Types.ReadParameters(parameters),
            ReturnType = Types.ReadOptional(returnType) ?? InferReturn(body, isAsync, isGenerator),
            HasBody = body is not null,
            IsAsync = isAsync,
            IsGenerator = isGenerator,
            Decorators = Types.ReadDecorators(decorators),
        };
    }

    /// <summary>Only a body that returns no value tells a type.</summary>
    private static DocType? InferReturn(Node? body, bool isAsync, bool isGenerator) =>
        body is not Block block || isGenerator || ReturnScan.Of(block).Values.Count > 0 ? null
        : isAsync ? DocKeywords.PromiseOfVoid
        : DocKeywords.Void;

    private string NameOf(Identifier? name) => name is null ? "default" : source.GetName(name);

    /// <summary>A declaration tells its name when it is exported as default, under whatever name it shows.</summary>
    private string? DefaultName(Modifiers modifiers, Identifier? name) => modifiers.Has(ModifierFlags.Default) ? DeclaredName(name) : null;

    private string? DeclaredName(Identifier? name) => name is null ? null : source.GetName(name);

    private static bool IsIgnored(DocComment? comment) => comment is not null && comment.Has(JsDocTagKind.Ignore);
}
