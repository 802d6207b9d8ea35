using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Documentation.Types;

internal sealed partial class TypePrinter
{
    /// <summary>What the model has for an expression that it does not keep.</summary>
    public const string Unsupported = "[UNSUPPORTED]";

    public TypePrinter TypeParameters(ImmutableArray<DocTypeParameter> parameters)
    {
        if (!parameters.IsEmpty)
        {
            List("<", parameters, ">", TypeParameter);
        }

        return this;
    }

    public TypePrinter SingleTypeParameter(DocTypeParameter parameter)
    {
        TypeParameter(parameter);
        return this;
    }

    private void TypeParameter(DocTypeParameter parameter)
    {
        layout.Text(parameter.Name, "td-tp", links.TypeParameter(parameter.Name));
        if (parameter.Constraint is not null)
        {
            layout.Text(" ").Keyword("extends").Text(" ");
            Type(parameter.Constraint);
        }

        if (parameter.Default is not null)
        {
            layout.Text(" ").Operator("=").Text(" ");
            Type(parameter.Default);
        }
    }

    public TypePrinter Parameters(ImmutableArray<DocParameter> parameters)
    {
        List("(", parameters, ")", p => Parameter(p));
        return this;
    }

    /// <param name="parameter">Any form; a part of a pattern too.</param>
    /// <param name="withDefault">Shows what it is set to where the model knows it; else it is marked as optional.</param>
    public TypePrinter Parameter(DocParameter parameter, bool withDefault = true)
    {
        if (depth >= MaxDepth)
        {
            layout.Text(Ellipsis);
            return this;
        }

        depth++;
        if (parameter.Property is { Accessibility: not DocAccessibility.Private } property)
        {
            Words((property.Accessibility == DocAccessibility.Protected, "protected"), (property.IsOverride, "override"), (property.IsReadonly, "readonly"));
        }

        switch (parameter)
        {
            case DocIdentifierParameter identifier:
                layout.Text(identifier.Name, identifier.Name == "this" ? "td-kw" : "td-param");
                Annotation(parameter.Type, identifier.IsOptional);
                break;
            case DocAssignParameter assign when assign.Right == Unsupported || !withDefault:
                Target(assign.Left);
                Annotation(assign.Left.Type, isOptional: true);
                break;
            case DocAssignParameter assign:
                Target(assign.Left);
                Annotation(assign.Left.Type, isOptional: false);
                layout.Text(" ").Operator("=").Text(" ").Text(assign.Right, "td-lit");
                break;
            case DocRestParameter rest:
                layout.Operator("...");
                Target(rest.Argument);
                Annotation(rest.Type ?? rest.Argument.Type, isOptional: false);
                break;
            case DocArrayParameter { IsOptional: var isOptional }:
                Target(parameter);
                Annotation(parameter.Type, isOptional);
                break;
            case DocObjectParameter { IsOptional: var isOptional }:
                Target(parameter);
                Annotation(parameter.Type, isOptional);
                break;
            default:
                throw new InvalidOperationException($"Unknown parameter {parameter.GetType().Name}");
        }

        depth--;
        return this;
    }

    /// <summary>The name or pattern alone.</summary>
    private void Target(DocParameter parameter)
    {
        switch (parameter)
        {
            case DocIdentifierParameter identifier:
                layout.Text(identifier.Name, "td-param");
                break;
            case DocArrayParameter array:
                List("[", array.Elements, "]", e =>
                {
                    if (e is not null)
                    {
                        Parameter(e);
                    }
                });
                break;
            case DocObjectParameter { Properties: var properties }:
                List("{", properties, "}", PatternProperty, pad: " ");
                break;
            default:
                Parameter(parameter);
                break;
        }
    }

    private void PatternProperty(DocPatternProperty property)
    {
        if (property.Key is not null)
        {
            layout.Text(Names.Member(property.Key), "td-param");
        }

        if (property.Value is not null)
        {
            layout.Operator(property.Key is null ? "..." : ": ");
            Parameter(property.Value);
        }

        if (property.Default is not null)
        {
            layout.Text(" ").Operator("=").Text(" ").Text(property.Default == Unsupported ? Ellipsis : property.Default);
        }
    }

    private void Annotation(DocType? type, bool isOptional)
    {
        if (isOptional)
        {
            layout.Operator("?");
        }

        if (type is not null)
        {
            layout.Operator(":").Text(" ");
            Type(type);
        }
    }

    /// <summary><c>name&lt;T>(a: A): R</c> with the words in front of it.</summary>
    public TypePrinter FunctionSignature(
        string name, ImmutableArray<DocTypeParameter> typeParameters, ImmutableArray<DocParameter> parameters, DocType? returnType, string nameClass = "td-name", bool isOptional = false)
    {
        layout.Text(name, nameClass);
        if (isOptional)
        {
            layout.Operator("?");
        }

        TypeParameters(typeParameters);
        Parameters(parameters);
        if (returnType is not null)
        {
            layout.Operator(":").Text(" ");
            Type(returnType);
        }

        return this;
    }

    /// <param name="name">As it is written.</param>
    public TypePrinter PropertySignature(string name, DocType? type, bool isOptional)
    {
        layout.Text(name, "td-name");
        Annotation(type, isOptional);
        return this;
    }

    public TypePrinter IndexSignature(DocIndexSignature signature)
    {
        Words((signature.IsReadonly, "readonly"));
        List("[", signature.Parameters, "]", p => Parameter(p));
        Annotation(signature.Type, isOptional: false);
        return this;
    }

    /// <summary>Each word that applies, with a space behind it.</summary>
    public TypePrinter Words(params ReadOnlySpan<(bool Applies, string Word)> words)
    {
        foreach (var (applies, word) in words)
        {
            if (applies)
            {
                layout.Keyword(word).Text(" ");
            }
        }

        return this;
    }

    private void TypeLiteral(DocTypeMembers members)
    {
        var count = members.Constructors.Length + members.Methods.Length + members.Properties.Length + members.CallSignatures.Length + members.IndexSignatures.Length;
        if (count == 0)
        {
            layout.Text("{}");
            return;
        }

        layout.Open().Text("{").Indent();
        var isFirst = true;
        Members(members.CallSignatures, s => FunctionSignature("", s.TypeParameters, s.Parameters, s.ReturnType), ref isFirst);
        Members(members.Constructors, s => FunctionSignature("new ", s.TypeParameters, s.Parameters, s.ReturnType, "td-kw"), ref isFirst);
        Members(members.IndexSignatures, s => IndexSignature(s), ref isFirst);
        Members(members.Properties, p => Words((p.IsReadonly, "readonly")).PropertySignature(Names.Member(p.Name, p.IsComputed), p.Type, p.IsOptional), ref isFirst);
        Members(members.Methods, m => Method(m), ref isFirst);
        layout.WhenBroken(";").Outdent().Line(" ").Text("}").Close();
    }

    public TypePrinter Method(DocMethodSignature method) =>
        Words((method.Kind == DocMethodKind.Getter, "get"), (method.Kind == DocMethodKind.Setter, "set"))
            .FunctionSignature(Names.Member(method.Name, method.IsComputed), method.TypeParameters, method.Parameters, method.ReturnType, isOptional: method.IsOptional);

    private void Members<T>(ImmutableArray<T> members, Action<T> print, ref bool isFirst)
    {
        foreach (var member in members)
        {
            if (!isFirst)
            {
                layout.Text(";");
            }

            layout.Line(" ");
            isFirst = false;
            if (layout.Count > MaxTokens)
            {
                layout.Text(Ellipsis);
                return;
            }

            print(member);
        }
    }
}
