using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Html;
using Kiln.Documentation.Links;
using Kiln.Documentation.Symbols;
using Kiln.Documentation.Types;

namespace Kiln.Documentation.Pages;

/// <summary>Code of signatures and types on a page.</summary>
internal static class Signature
{
    public static TrustedHtml Of(string name, DocDefinition definition, ITypeLinks links)
    {
        // The members of these have sections of their own.
        var head = definition switch
        {
            DocTypeAlias { Type: DocTypeLiteral literal } alias when HasMembers(literal) => new DocTypeAlias { TypeParameters = alias.TypeParameters, Type = Elided },
            DocVariable { Type: DocTypeLiteral literal } variable when HasMembers(literal) => new DocVariable { Keyword = variable.Keyword, Type = Elided },
            _ => definition,
        };
        return new TypePrinter(links).Declaration(name, head).Layout.ToHtml();
    }

    public static TrustedHtml Of(MemberEntry member, ITypeLinks links) => member.Print(new TypePrinter(links)).Layout.ToHtml();

    public static TrustedHtml Of(DocType type, ITypeLinks links) => new TypePrinter(links).Type(type).Layout.ToHtml();

    public static TrustedHtml Of(DocParameter parameter, ITypeLinks links) => new TypePrinter(links).Parameter(parameter, withDefault: false).Layout.ToHtml();

    private static readonly DocType Elided = new DocUnsupportedType { Repr = "{ … }" };

    private static bool HasMembers(DocTypeLiteral literal) =>
        literal.Members.Properties.Length + literal.Members.Methods.Length + literal.Members.CallSignatures.Length + literal.Members.Constructors.Length + literal.Members.IndexSignatures.Length > 0;
}
