using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <content>Members of interfaces and type literals.</content>
internal sealed partial class TypeReader
{
    /// <param name="nodes">The members.</param>
    /// <param name="isInterface">
    /// Members of an interface with <c>@ignore</c> are left out, those of a type literal lose their comment. Type parameters of signatures in an interface know what declares them.
    /// </param>
    public DocTypeMembers ReadMembers(Node[] nodes, bool isInterface)
    {
        if (nodes.Length == 0)
        {
            return DocTypeMembers.Empty;
        }

        ImmutableArray<DocConstructSignature>.Builder? constructors = null;
        ImmutableArray<DocMethodSignature>.Builder? methods = null;
        ImmutableArray<DocPropertySignature>.Builder? properties = null;
        ImmutableArray<DocCallSignature>.Builder? calls = null;
        ImmutableArray<DocIndexSignature>.Builder? indexes = null;
        foreach (var node in nodes)
        {
            var comment = CommentAt(node.Start);
            if (IsIgnored(comment))
            {
                if (isInterface)
                {
                    continue;
                }

                comment = null;
            }

            var mark = names.Mark;
            switch (node)
            {
                case PropertySignature property:
                    names.Enter([], NameResolver.Anonymous, []);
                    (properties ??= ImmutableArray.CreateBuilder<DocPropertySignature>()).Add(new DocPropertySignature
                    {
                        Name = ExpressionText.OfSignatureName(source, property.Name),
                        Comment = comment,
                        Location = Locate(property.Start),
                        IsReadonly = property.Modifiers.Has(ModifierFlags.Readonly),
                        IsComputed = property.Name is ComputedPropertyName,
                        IsOptional = property.Has(NodeFlags.Optional),
                        Type = ReadOptional(property.Type),
                    });
                    break;
                case MethodSignature method:
                    (methods ??= ImmutableArray.CreateBuilder<DocMethodSignature>())
                        .Add(ReadMethod(method, comment, isInterface));
                    break;
                case AccessorDeclaration accessor:
                    (methods ??= ImmutableArray.CreateBuilder<DocMethodSignature>()).Add(ReadAccessor(accessor, comment, ExpressionText.OfSignatureName(source, accessor.Name)));
                    break;
                case CallOrConstructSignature { Kind: SyntaxKind.ConstructSignature } signature:
                    names.EnterSignature(signature.TypeParameters, isInterface ? NameResolver.Declared("new", "method") : NameResolver.Anonymous, signature.Parameters);
                    (constructors ??= ImmutableArray.CreateBuilder<DocConstructSignature>()).Add(new DocConstructSignature
                    {
                        Comment = comment,
                        TypeParameters = ReadTypeParameters(signature.TypeParameters),
                        Parameters = ReadParameters(signature.Parameters),
                        ReturnType = ReadOptional(signature.Type),
                                                Location = Locate(signature.Start),
                    });
                    break;
                case CallOrConstructSignature signature:
                    names.EnterSignature(signature.TypeParameters, isInterface ? NameResolver.Declared("call", "method") : NameResolver.Anonymous, signature.Parameters);
                    (calls ??= ImmutableArray.CreateBuilder<DocCallSignature>()).Add(new DocCallSignature
                    {
                        Comment = comment,
                        Location = Locate(signature.Start),
                        TypeParameters = ReadTypeParameters(signature.TypeParameters),
                        Parameters = ReadParameters(signature.Parameters),
                        ReturnType = ReadOptional(signature.Type),
                                            });
                    break;
                case IndexSignature index:
                    (indexes ??= ImmutableArray.CreateBuilder<DocIndexSignature>()).Add(ReadIndex(index, comment));
                    break;
            }

            if (node is not (IndexSignature or AccessorDeclaration))
            {
                names.Leave(mark);
            }
        }

        return new DocTypeMembers
        {
            Constructors = Drain(constructors),
            Methods = Drain(methods),
            Properties = Drain(properties),
            CallSignatures = Drain(calls),
            IndexSignatures = Drain(indexes),
        };
    }

    private DocMethodSignature ReadMethod(MethodSignature method, DocComment? comment, bool isInterface)
    {
        var name = ExpressionText.OfSignatureName(source, method.Name);
        names.EnterSignature(method.TypeParameters, isInterface && method.TypeParameters.Length > 0 ? NameResolver.Declared(name, "method") : NameResolver.Anonymous, method.Parameters);
        return new DocMethodSignature
        {
            Name = name,
            Comment = comment,
            Location = Locate(method.Start),
            TypeParameters = ReadTypeParameters(method.TypeParameters),
            Parameters = ReadParameters(method.Parameters),
            IsComputed = method.Name is ComputedPropertyName,
            IsOptional = method.Has(NodeFlags.Optional),
            ReturnType = ReadOptional(method.Type),
        };
    }

    private DocMethodSignature ReadAccessor(AccessorDeclaration accessor, DocComment? comment, string name, bool ofObject = false) => new()
    {
        Name = name,
        Comment = comment,
        Kind = accessor.Kind == SyntaxKind.GetAccessor ? DocMethodKind.Getter : DocMethodKind.Setter,
        Location = Locate(accessor.Start),
        Parameters = ReadParameters(ofObject ? WithoutThis(accessor.Parameters) : accessor.Parameters),
        IsComputed = accessor.Name is ComputedPropertyName,
        ReturnType = accessor.Kind == SyntaxKind.GetAccessor ? ReadOptional(accessor.Type) : null,
    };

    private Parameter[] WithoutThis(Parameter[] parameters) =>
        parameters is [{ Name: Identifier name }, ..] && source.GetSlice(name).SequenceEqual("this") ? parameters[1..] : parameters;

    public DocIndexSignature ReadIndex(IndexSignature index, DocComment? comment) => new()
    {
        Comment = comment,
        IsReadonly = index.Modifiers.Has(ModifierFlags.Readonly),
        Parameters = ReadParameters(index.Parameters),
        Type = ReadOptional(index.Type),
        Location = Locate(index.Start),
    };

    private static ImmutableArray<T> Drain<T>(ImmutableArray<T>.Builder? builder) => builder?.DrainToImmutable() ?? [];
}
