using System.Text;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Text;

/// <summary>Declarations and their members on one line, without bodies.</summary>
public static class SignatureText
{
    /// <param name="name">The exported name.</param>
    /// <returns>A line without its members: <c>class A extends B</c>.</returns>
    public static string Of(string name, DocDefinition definition) => Write((text, types) =>
    {
        switch (definition)
        {
            case DocFunction d:
                text.Append(d.IsAsync ? "async " : "").Append(d.IsGenerator ? "function* " : "function ").Append(name);
                types.WriteSignature(d.TypeParameters, d.Parameters);
                types.WriteAnnotation(d.ReturnType);
                break;
            case DocVariable d:
                text.Append(d.Keyword).Append(' ').Append(name);
                types.WriteAnnotation(d.Type);
                break;
            case DocClass d:
                text.Append(d.IsAbstract ? "abstract class " : "class ").Append(name);
                types.WriteTypeParameters(d.TypeParameters);
                if (d.Extends is not null)
                {
                    text.Append(" extends ").Append(d.Extends);
                    types.WriteArguments(d.SuperTypeArguments);
                }

                WriteHeritage(text, types, " implements ", d.Implements);
                break;
            case DocInterface d:
                text.Append("interface ").Append(name);
                types.WriteTypeParameters(d.TypeParameters);
                WriteHeritage(text, types, " extends ", d.Extends);
                break;
            case DocEnum:
                text.Append("enum ").Append(name);
                break;
            case DocTypeAlias d:
                text.Append("type ").Append(name);
                types.WriteTypeParameters(d.TypeParameters);
                text.Append(" = ");
                types.Write(d.Type);
                break;
            case DocNamespace:
                text.Append("namespace ").Append(name);
                break;
            case DocReference:
                text.Append(name);
                break;
            default:
                throw new InvalidOperationException($"No such definition: {definition.Kind}.");
        }
    });

    public static string Of(DocClassProperty property) => Write((text, types) =>
    {
        text.Append(TypeText.Accessibility(property.Accessibility))
            .Append(property.IsStatic ? "static " : "")
            .Append(property.IsAbstract ? "abstract " : "")
            .Append(property.IsReadonly ? "readonly " : "")
            .Append(TypeText.Name(property.Name))
            .Append(property.IsOptional ? "?" : "");
        types.WriteAnnotation(property.Type);
    });

    public static string Of(DocClassMethod method) => Write((text, types) =>
    {
        text.Append(TypeText.Accessibility(method.Accessibility))
            .Append(method.IsStatic ? "static " : "")
            .Append(method.IsAbstract ? "abstract " : "")
            .Append(method.Function.IsAsync ? "async " : "")
            .Append(TypeText.Prefix(method.Kind))
            .Append(method.Function.IsGenerator ? "*" : "")
            .Append(TypeText.Name(method.Name))
            .Append(method.IsOptional ? "?" : "");
        types.WriteSignature(method.Function.TypeParameters, method.Function.Parameters);
        types.WriteAnnotation(method.Kind == DocMethodKind.Setter ? null : method.Function.ReturnType);
    });

    public static string Of(DocConstructor constructor) => Write((text, types) =>
    {
        text.Append(TypeText.Accessibility(constructor.Accessibility)).Append("constructor");
        types.WriteSignature([], constructor.Parameters);
    });

    public static string Of(DocEnumMember member) => Write((text, types) =>
    {
        text.Append(TypeText.Name(member.Name));
        if (member.Value is not null)
        {
            text.Append(" = ");
            types.Write(member.Value);
        }
    });

    public static string Of(DocIndexSignature member) => Write((_, types) => types.Write(member));

    public static string Of(DocPropertySignature member) => Write((_, types) => types.Write(member));

    public static string Of(DocMethodSignature member) => Write((_, types) => types.Write(member));

    public static string Of(DocCallSignature member) => Write((_, types) => types.Write(member));

    public static string Of(DocConstructSignature member) => Write((_, types) => types.Write(member));

    public static string Of(DocParameter parameter) => Write((_, types) => types.WriteParameter(parameter));

    public static string Of(DocTypeParameter parameter) => Write((_, types) => types.WriteTypeParameter(parameter));

    private static string Write(Action<StringBuilder, TypeText> write)
    {
        var text = new StringBuilder();
        write(text, new TypeText(text));
        return text.ToString();
    }

    private static void WriteHeritage(StringBuilder text, TypeText types, string keyword, IReadOnlyList<DocType> list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            text.Append(i == 0 ? keyword : ", ");
            types.Write(list[i]);
        }
    }
}
