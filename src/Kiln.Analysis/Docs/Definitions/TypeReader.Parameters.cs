using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <content>Parameters: docs.md §2.1.</content>
internal sealed partial class TypeReader
{
    /// <param name="parameters">The parameters.</param>
    /// <param name="ofConstructor">Their modifiers make properties of them; anywhere else they are errors.</param>
    public ImmutableArray<DocParameter> ReadParameters(Parameter[] parameters, bool ofConstructor = false)
    {
        if (parameters.Length == 0)
        {
            return [];
        }

        var read = new DocParameter[parameters.Length];
        for (var i = 0; i < read.Length; i++)
        {
            read[i] = ReadParameter(parameters[i], ofConstructor);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(read);
    }

    private DocParameter ReadParameter(Parameter node, bool ofConstructor)
    {
        var property = ofConstructor && node.Modifiers.Has(ModifierFlags.ParameterProperty)
            ? new DocParameterProperty(AccessibilityOf(node.Modifiers), node.Modifiers.Has(ModifierFlags.Override), node.Modifiers.Has(ModifierFlags.Readonly))
            : null;
        // The reference loses the decorators of a parameter that is a property.
        var decorators = property is null ? ReadDecorators(node.Modifiers.Decorators) : [];
        if (node.Has(NodeFlags.Rest))
        {
            return new DocRestParameter { Argument = ReadPattern(node.Name, null, false, [], null), Type = ReadOptional(node.Type), Decorators = decorators, Property = property };
        }

        var type = ReadOptional(node.Type);
        return node.Initializer is { } initializer
            ? Assign(node.Name, type, initializer, decorators, property)
            : ReadPattern(node.Name, type, node.Has(NodeFlags.Optional), decorators, property);
    }

    /// <summary>What has no type takes one from its default.</summary>
    private DocAssignParameter Assign(Node name, DocType? type, Expression initializer, ImmutableArray<DocDecorator> decorators, DocParameterProperty? property) => new()
    {
        Left = ReadPattern(name, type ?? Infer(initializer, isConst: false), false, [], null),
        Right = ExpressionText.Of(source, initializer),
        Decorators = decorators,
        Property = property,
    };

    private DocParameter ReadPattern(Node name, DocType? type, bool isOptional, ImmutableArray<DocDecorator> decorators, DocParameterProperty? property)
    {
        if (name is not Identifier && Enter())
        {
            DocParameter? pattern = name switch
            {
                ObjectBindingPattern it => new DocObjectParameter { Properties = ReadProperties(it.Elements), IsOptional = isOptional, Type = type, Decorators = decorators, Property = property },
                ArrayBindingPattern it => new DocArrayParameter { Elements = ReadElements(it.Elements), IsOptional = isOptional, Type = type, Decorators = decorators, Property = property },
                _ => null,
            };
            depth--;
            if (pattern is not null)
            {
                return pattern;
            }
        }

        var text = name is Identifier identifier ? source.GetName(identifier) : ExpressionText.Unsupported;
        return new DocIdentifierParameter { Name = text, IsOptional = isOptional, Type = type, Decorators = decorators, Property = property };
    }

    private ImmutableArray<DocPatternProperty> ReadProperties(BindingElement[] elements)
    {
        var properties = new DocPatternProperty[elements.Length];
        for (var i = 0; i < properties.Length; i++)
        {
            var element = elements[i];
            properties[i] = element switch
            {
                _ when element.Has(NodeFlags.Rest) => new DocPatternProperty(null, ReadPattern(element.Name, null, false, [], null), null),
                { PropertyName: { } key } => new DocPatternProperty(ExpressionText.OfName(source, key), ReadElement(element), null),
                _ => new DocPatternProperty(ExpressionText.OfName(source, element.Name), null, element.Initializer is null ? null : ExpressionText.Unsupported),
            };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(properties);
    }

    private ImmutableArray<DocParameter?> ReadElements(Node[] nodes)
    {
        var elements = new DocParameter?[nodes.Length];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = nodes[i] switch
            {
                BindingElement element when element.Has(NodeFlags.Rest) => new DocRestParameter { Argument = ReadPattern(element.Name, null, false, [], null) },
                BindingElement element => ReadElement(element),
                _ => null,
            };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(elements);
    }

    private DocParameter ReadElement(BindingElement element) => element.Initializer is { } initializer
        ? Assign(element.Name, null, initializer, [], null)
        : ReadPattern(element.Name, null, false, [], null);

    public static DocAccessibility AccessibilityOf(Modifiers modifiers) =>
        modifiers.Has(ModifierFlags.Public) ? DocAccessibility.Public
        : modifiers.Has(ModifierFlags.Protected) ? DocAccessibility.Protected
        : modifiers.Has(ModifierFlags.Private) ? DocAccessibility.Private
        : DocAccessibility.None;

    /// <summary>The reference knows a name, called or not; one pair of parentheses does not count. What it does not know stands at the <c>@</c>, unless it is a call.</summary>
    public ImmutableArray<DocDecorator> ReadDecorators(Decorator[] decorators)
    {
        if (decorators.Length == 0)
        {
            return [];
        }

        var read = new DocDecorator[decorators.Length];
        for (var i = 0; i < read.Length; i++)
        {
            var expression = decorators[i].Expression is ParenthesizedExpression inner ? inner.Expression : decorators[i].Expression;
            read[i] = expression switch
            {
                Identifier name => new DocDecorator { Name = source.GetName(name), Location = Locate(name.Start) },
                CallExpression { Expression: Identifier callee } call => new DocDecorator { Name = source.GetName(callee), Arguments = TextOf(call.Arguments), Location = Locate(call.Start) },
                CallExpression call => new DocDecorator { Name = ExpressionText.Unsupported, Location = Locate(call.Start) },
                _ => new DocDecorator { Name = ExpressionText.Unsupported, Location = Locate(decorators[i].Start) },
            };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(read);
    }

    private ImmutableArray<string> TextOf(Expression[] nodes)
    {
        var text = new string[nodes.Length];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = source.GetSlice(nodes[i]).ToString();
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(text);
    }
}
