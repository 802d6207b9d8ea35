using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Types;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Documentation.Symbols;

/// <summary>A member of a class, interface, enum or object type, whichever of them declares it.</summary>
internal sealed class MemberEntry
{
    public required MemberShape Shape { get; init; }

    /// <summary>As in the model; <c>new</c>, <c>call</c> and empty for what has no name.</summary>
    public required string Name { get; init; }

    /// <summary>Unique in its symbol.</summary>
    public string Anchor { get; set; } = "";

    public DocComment? Comment { get; init; }

    public required DocLocation Location { get; init; }

    public ImmutableArray<DocTypeParameter> TypeParameters { get; init; } = [];

    public ImmutableArray<DocParameter> Parameters { get; init; } = [];

    /// <summary>Of a property its type, of a method what it returns, of an enum's member its value.</summary>
    public DocType? Type { get; init; }

    public bool IsOptional { get; init; }

    /// <summary>Its name stands in brackets; of classes only the name says so.</summary>
    public bool IsComputed { get; init; }

    public bool IsReadonly { get; init; }

    /// <summary>Only a setter.</summary>
    public bool IsWriteOnly { get; init; }

    public bool IsAbstract { get; init; }

    public bool IsOverride { get; init; }

    public bool IsProtected { get; init; }

    public DocIndexSignature? Index { get; init; }

    public bool IsStatic => Shape is MemberShape.StaticProperty or MemberShape.StaticMethod;

    public bool IsMethod => Shape is MemberShape.Method or MemberShape.StaticMethod;

    public bool IsDeprecated => Comment?.Has(JsDocTagKind.Deprecated) == true;

    /// <summary>The name for people, and for tables of contents.</summary>
    public string Label => Shape switch
    {
        MemberShape.Constructor => "constructor",
        MemberShape.CallSignature => "call signature",
        MemberShape.IndexSignature => "index signature",
        MemberShape.Method or MemberShape.StaticMethod => Names.Shown(Name) + "()",
        _ => Names.Shown(Name),
    };

    /// <param name="printer">Takes the whole declaration of the member.</param>
    public TypePrinter Print(TypePrinter printer)
    {
        switch (Shape)
        {
            case MemberShape.Constructor:
                return printer.FunctionSignature("new", TypeParameters, Parameters, Type, "td-kw");
            case MemberShape.CallSignature:
                return printer.FunctionSignature("", TypeParameters, Parameters, Type);
            case MemberShape.IndexSignature:
                return printer.IndexSignature(Index!);
            case MemberShape.EnumMember:
                printer.Layout.Text(Names.Member(Name), "td-name");
                if (Type is not null)
                {
                    printer.Layout.Text(" ").Operator("=").Text(" ");
                    printer.Type(Type);
                }

                return printer;
            case MemberShape.Method or MemberShape.StaticMethod:
                return Words(printer).FunctionSignature(Names.Member(Name, IsComputed), TypeParameters, Parameters, Type, isOptional: IsOptional);
            default:
                return Words(printer).PropertySignature(Names.Member(Name, IsComputed), Type, IsOptional);
        }
    }

    private TypePrinter Words(TypePrinter printer) =>
        printer.Words((IsProtected, "protected"), (IsStatic, "static"), (IsAbstract, "abstract"), (IsReadonly, "readonly"));
}
