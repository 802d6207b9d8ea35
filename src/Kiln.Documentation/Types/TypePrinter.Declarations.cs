using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Documentation.Types;

internal sealed partial class TypePrinter
{
    /// <summary>A declaration without its body; of a type alias all of it unless it is a type literal, whose members have a place of their own.</summary>
    public TypePrinter Declaration(string name, DocDefinition definition)
    {
        var shown = Names.Shown(name);
        switch (definition)
        {
            case DocFunction function:
                Words((function.IsAsync, "async"));
                layout.Keyword(function.IsGenerator ? "function*" : "function").Text(" ");
                return FunctionSignature(shown, function.TypeParameters, function.Parameters, function.ReturnType);
            case DocVariable variable:
                layout.Keyword(variable.Keyword).Text(" ").Text(shown, "td-name");
                Annotation(variable.Type, isOptional: false);
                return this;
            case DocClass cls:
                return Class(shown, cls);
            case DocInterface @interface:
                layout.Open().Keyword("interface").Text(" ").Text(shown, "td-name");
                TypeParameters(@interface.TypeParameters);
                Heritage("extends", @interface.Extends);
                layout.Close();
                return this;
            case DocEnum:
                layout.Keyword("enum").Text(" ").Text(shown, "td-name");
                return this;
            case DocTypeAlias alias:
                layout.Keyword("type").Text(" ").Text(shown, "td-name");
                TypeParameters(alias.TypeParameters);
                layout.Text(" ").Operator("=").Text(" ");
                return Type(alias.Type);
            case DocNamespace:
                layout.Keyword("namespace").Text(" ").Text(shown, "td-name");
                return this;
            default:
                throw new InvalidOperationException($"Unknown definition {definition.GetType().Name}");
        }
    }

    private TypePrinter Class(string name, DocClass cls)
    {
        layout.Open();
        Words((cls.IsAbstract, "abstract"));
        layout.Keyword("class").Text(" ").Text(name, "td-name");
        TypeParameters(cls.TypeParameters);
        if (cls.Extends is not null)
        {
            layout.Indent().Line(" ").Keyword("extends").Text(" ");
            Name(cls.Extends, links.Name(cls.Extends));
            TypeArguments(cls.SuperTypeArguments);
            layout.Outdent();
        }

        Heritage("implements", cls.Implements);
        layout.Close();
        return this;
    }

    private void Heritage(string word, ImmutableArray<DocType> types)
    {
        if (types.IsEmpty)
        {
            return;
        }

        layout.Indent().Line(" ").Keyword(word).Text(" ");
        for (var i = 0; i < types.Length; i++)
        {
            if (i > 0)
            {
                layout.Text(", ");
            }

            if (layout.Count > MaxTokens)
            {
                layout.Text(Ellipsis);
                break;
            }

            Type(types[i]);
        }

        layout.Outdent();
    }
}
