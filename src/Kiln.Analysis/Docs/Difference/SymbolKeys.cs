using System.Text;
using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Docs.Text;
using Kiln.TypeScript;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>A text for what a symbol is, whatever it is called: two of them are equal when one may be the other under a new name.</summary>
internal static class SymbolKeys
{
    /// <summary>Null for what has too little to be recognised by: namespaces, and what has no known type.</summary>
    public static string? Of(DocSymbol symbol, StackGuard guard)
    {
        var keys = new TypeKeys(guard, new Dictionary<string, string>(StringComparer.Ordinal) { [symbol.Name] = "%self" });
        var text = new StringBuilder();
        foreach (var declaration in symbol.Declarations)
        {
            text.Append((char)('a' + (int)declaration.Definition.Kind)).Append(declaration.Visibility == DocVisibility.Private ? '-' : '+');
            switch (declaration.Definition)
            {
                case DocFunction d:
                    text.Append(keys.OfSignature(d.TypeParameters, d.Parameters, d.ReturnType));
                    break;
                case DocVariable { Type: { } type } d:
                    text.Append(d.Keyword).Append(keys.Of(type));
                    break;
                case DocTypeAlias d:
                    keys.Enter(d.TypeParameters);
                    text.Append(d.TypeParameters.Length).Append(keys.Of(d.Type));
                    keys.Leave();
                    break;
                case DocInterface d:
                    keys.Enter(d.TypeParameters);
                    text.Append(d.TypeParameters.Length).AppendJoin(',', d.Extends.Select(keys.Of)).Append(keys.OfMembers(d.Members));
                    keys.Leave();
                    break;
                case DocEnum d:
                    text.AppendJoin(',', d.Members.Select(m => m.Name + "=" + keys.Of(m.Value)));
                    break;
                case DocClass d:
                    Append(text, d, keys);
                    break;
                default:
                    return null;
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, DocClass definition, TypeKeys keys)
    {
        keys.Enter(definition.TypeParameters);
        text.Append(definition.TypeParameters.Length).Append(definition.IsAbstract).Append(definition.Extends).AppendJoin(',', definition.SuperTypeArguments.Select(keys.Of));
        foreach (var constructor in definition.Constructors)
        {
            text.Append('c').Append(keys.OfSignature([], constructor.Parameters, null));
        }

        foreach (var member in MemberTable.Of(definition).Members.OrderBy(m => m.ShownName, StringComparer.Ordinal))
        {
            text.Append(';').Append(TypeText.Name(member.ShownName)).Append(member.IsOptional ? "?" : "").Append(member.IsReadonly ? "!" : "");
            text.Append(member.IsMethod ? string.Join('&', member.Signatures.Select(s => keys.OfSignature(s.TypeParameters, s.Parameters, s.ReturnType))) : keys.Of(member.Type));
        }

        keys.Leave();
    }
}
