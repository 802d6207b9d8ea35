using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <content>Classes. Left out: <c>#private</c> members, static blocks, <c>accessor</c> fields, and what has <c>@ignore</c>.</content>
internal sealed partial class DeclarationReader
{
    public DocClass ReadClass(ClassDeclaration node)
    {
        var mark = EnterClass(node);
        var definition = Create(node.Modifiers, node.TypeParameters, node.Extends, node.Implements, node.Members, DefaultName(node.Modifiers, node.Name), isExpression: false);
        Types.Leave(mark);
        return definition;
    }

    public DocFunction ReadStaticMethod(ClassDeclaration node, MethodDeclaration method)
    {
        var mark = EnterClass(node);
        var function = ReadMethod(method, null, isExpression: false).Function;
        Types.Leave(mark);
        return function;
    }

    private int EnterClass(ClassDeclaration node) =>
        Types.Enter(node.TypeParameters, node.TypeParameters.Length == 0 ? NameResolver.Anonymous : NameResolver.Declared(NameOf(node.Name), "class"), []);

    private DocClass ReadClass(ClassExpression node)
    {
        var mark = Types.Enter(node.TypeParameters, NameResolver.Anonymous, [], node.Name);
        var definition = Create(node.Modifiers, node.TypeParameters, node.Extends, node.Implements, node.Members, DeclaredName(node.Name), isExpression: true);
        Types.Leave(mark);
        return definition;
    }

    private DocClass Create(
        Modifiers modifiers, TypeParameter[] typeParameters, HeritageClause? extends, HeritageClause? implements, Node[] members, string? declaredName, bool isExpression)
    {
        var constructors = ImmutableArray.CreateBuilder<DocConstructor>();
        var properties = ImmutableArray.CreateBuilder<DocClassProperty>();
        var indexes = ImmutableArray.CreateBuilder<DocIndexSignature>();
        var methods = ImmutableArray.CreateBuilder<DocClassMethod>();
        var inherited = implements is null ? null : new InheritedComments(file, scope, implements);
        foreach (var node in members)
        {
            if (node is not Member member || IsHidden(member))
            {
                continue;
            }

            var comment = file.CommentAt(node.Start);
            if (IsIgnored(comment))
            {
                continue;
            }

            switch (node)
            {
                case ConstructorDeclaration it: constructors.Add(ReadConstructor(it, it.Parameters, it.Body, comment)); break;

                // "constructor"() {} is one too.
                case MethodDeclaration { Name: StringLiteral name } it when !it.Modifiers.Has(ModifierFlags.Static) && source.GetStringValue(name) == "constructor":
                    constructors.Add(ReadConstructor(it, it.Parameters, it.Body, comment));
                    break;
                case PropertyDeclaration it: properties.Add(ReadProperty(it, comment ?? Inherit(inherited, it, it.Name))); break;
                case MethodDeclaration it: methods.Add(ReadMethod(it, comment ?? Inherit(inherited, it, it.Name), isExpression)); break;
                case AccessorDeclaration it: methods.Add(ReadAccessor(it, comment ?? Inherit(inherited, it, it.Name))); break;
                case IndexSignature it: indexes.Add(Types.ReadIndex(it, comment)); break;
            }
        }

        var super = extends is { Types: [var first, ..] } ? first : null;
        return new DocClass
        {
            DeclaredName = declaredName,
            IsAbstract = modifiers.Has(ModifierFlags.Abstract),
            Constructors = constructors.DrainToImmutable(),
            Properties = properties.DrainToImmutable(),
            IndexSignatures = indexes.DrainToImmutable(),
            Methods = methods.DrainToImmutable(),
            Extends = super is null ? null : ExpressionText.OfDotted(source, super.Expression),
            Implements = Types.ReadHeritage(implements),
            TypeParameters = Types.ReadTypeParameters(typeParameters),
            SuperTypeArguments = super is null ? [] : Types.ReadAll(super.TypeArguments),
            Decorators = Types.ReadDecorators(modifiers.Decorators),
        };
    }

    private DocComment? Inherit(InheritedComments? comments, Member member, Node name) =>
        comments is null || member.Modifiers.Has(ModifierFlags.Static) ? null : comments.Find(ExpressionText.OfName(source, name));

    private static bool IsHidden(Member member) => member switch
    {
        PropertyDeclaration it => it.Name is PrivateIdentifier || it.Modifiers.Has(ModifierFlags.Accessor),
        MethodDeclaration it => it.Name is PrivateIdentifier,
        AccessorDeclaration it => it.Name is PrivateIdentifier,
        _ => false,
    };

    private DocConstructor ReadConstructor(Member node, Parameter[] parameters, Block? body, DocComment? comment)
    {
        var mark = Types.Enter([], NameResolver.Anonymous, parameters);
        var constructor = new DocConstructor
        {
            Comment = comment,
            Accessibility = TypeReader.AccessibilityOf(node.Modifiers),
            IsOptional = node.Has(NodeFlags.Optional),
            HasBody = body is not null,
            Parameters = Types.ReadParameters(parameters, ofConstructor: true),
            Location = file.Locate(node.Start),
        };
        Types.Leave(mark);
        return constructor;
    }

    private DocClassProperty ReadProperty(PropertyDeclaration node, DocComment? comment) => new()
    {
        Comment = comment,
        Type = node.Type is { } type ? Types.Read(type) : node.Initializer is { } value ? Types.Infer(value, isConst: false) : null,
        IsReadonly = node.Modifiers.Has(ModifierFlags.Readonly),
        Accessibility = TypeReader.AccessibilityOf(node.Modifiers),
        Decorators = Types.ReadDecorators(node.Modifiers.Decorators),
        IsOptional = node.Has(NodeFlags.Optional),
        IsAbstract = node.Modifiers.Has(ModifierFlags.Abstract),
        IsStatic = node.Modifiers.Has(ModifierFlags.Static),
        IsOverride = node.Modifiers.Has(ModifierFlags.Override),
        Name = ExpressionText.OfName(source, node.Name),
        Location = file.Locate(node.Start),
    };

    private DocClassMethod ReadMethod(MethodDeclaration node, DocComment? comment, bool isExpression)
    {
        var name = ExpressionText.OfName(source, node.Name);
        var mark = Types.Enter(node.TypeParameters, isExpression || node.TypeParameters.Length == 0 ? NameResolver.Anonymous : NameResolver.Declared(name, "method"), node.Parameters);
        var function = Create(node, node.TypeParameters, node.Parameters, node.Type, node.Body, null, node.Modifiers.Decorators, node.Modifiers.Has(ModifierFlags.Async));
        Types.Leave(mark);
        return CreateMethod(node, name, DocMethodKind.Method, function, comment);
    }

    private DocClassMethod ReadAccessor(AccessorDeclaration node, DocComment? comment)
    {
        var mark = Types.Enter(node.TypeParameters, NameResolver.Anonymous, node.Parameters);
        var function = Create(node, node.TypeParameters, node.Parameters, node.Type, node.Body, null, node.Modifiers.Decorators, isAsync: false);
        Types.Leave(mark);
        return CreateMethod(node, ExpressionText.OfName(source, node.Name), node.Kind == SyntaxKind.GetAccessor ? DocMethodKind.Getter : DocMethodKind.Setter, function, comment);
    }

    private DocClassMethod CreateMethod(Member node, string name, DocMethodKind kind, DocFunction function, DocComment? comment) => new()
    {
        Comment = comment,
        Accessibility = TypeReader.AccessibilityOf(node.Modifiers),
        IsOptional = node.Has(NodeFlags.Optional),
        IsAbstract = node.Modifiers.Has(ModifierFlags.Abstract),
        IsStatic = node.Modifiers.Has(ModifierFlags.Static),
        IsOverride = node.Modifiers.Has(ModifierFlags.Override),
        Name = name,
        Kind = kind,
        Function = function,
        Location = file.Locate(node.Start),
    };
}
