using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Markdown;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Documentation.Symbols;

/// <summary>
/// The members of a symbol that are shown, over all its declarations: nothing private, nothing <c>@internal</c>, a getter and its setter as one property. They have their
/// anchors (docs.md §10.4) here, so that every page that links to one knows them.
/// </summary>
internal sealed class SymbolMembers
{
    private readonly List<MemberEntry> all = [];
    private readonly AnchorNames anchors = new();
    private readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);
    private Dictionary<string, MemberEntry>? byName;

    private SymbolMembers()
    {
    }

    public static SymbolMembers Empty { get; } = new();

    /// <summary>In the order of the declarations, not of the sections.</summary>
    public IReadOnlyList<MemberEntry> All => all;

    /// <summary>Of each declaration how many members before it: those of declaration <c>i</c> are from <c>Starts[i]</c> on.</summary>
    public ImmutableArray<int> Starts { get; private set; } = [];

    public static SymbolMembers Of(ImmutableArray<DocDeclaration> declarations)
    {
        var members = new SymbolMembers();
        var starts = ImmutableArray.CreateBuilder<int>(declarations.Length);
        foreach (var declaration in declarations)
        {
            starts.Add(members.all.Count);
            switch (declaration.Definition)
            {
                case DocClass cls:
                    members.AddClass(cls);
                    break;
                case DocInterface @interface:
                    members.AddTypeMembers(@interface.Members);
                    break;
                case DocTypeAlias { Type: DocTypeLiteral literal }:
                    members.AddTypeMembers(literal.Members);
                    break;
                case DocVariable { Type: DocTypeLiteral literal }:
                    members.AddTypeMembers(literal.Members);
                    break;
                case DocEnum @enum:
                    foreach (var member in @enum.Members)
                    {
                        members.Add(new MemberEntry { Shape = MemberShape.EnumMember, Name = member.Name, Type = member.Value, Comment = member.Comment, Location = member.Location }, $"enum_{member.Name}");
                    }

                    break;
                default:
                    break;
            }
        }

        members.Starts = starts.MoveToImmutable();
        return members;
    }

    /// <param name="name">As in a link: <c>member</c>, <c>prototype.member</c>, <c>[Symbol.iterator]</c>.</param>
    public MemberEntry? Find(string name)
    {
        const string Prototype = "prototype.";
        if (byName is null)
        {
            byName = new Dictionary<string, MemberEntry>(StringComparer.Ordinal);
            foreach (var member in all)
            {
                byName.TryAdd(member.IsStatic ? member.Name : Prototype + member.Name, member);
            }
        }

        return byName.GetValueOrDefault(name) ?? (name.StartsWith(Prototype, StringComparison.Ordinal) ? null : byName.GetValueOrDefault(Prototype + name));
    }

    private void Add(MemberEntry member, string anchor)
    {
        if (member.Comment?.Has(JsDocTagKind.Internal) == true)
        {
            return;
        }

        member.Anchor = anchors.Add(anchor.Replace('.', '_'));
        all.Add(member);
    }

    /// <summary>The number of overloads before this one.</summary>
    private int Index(string name) => indices[name] = indices.GetValueOrDefault(name, -1) + 1;

    private void AddClass(DocClass cls)
    {
        foreach (var constructor in Overloads(cls.Constructors, static c => "", static c => c.HasBody))
        {
            if (constructor.Accessibility != DocAccessibility.Private)
            {
                Add(
                    new MemberEntry
                    {
                        Shape = MemberShape.Constructor,
                        Name = "new",
                        Comment = constructor.Comment,
                        Location = constructor.Location,
                        Parameters = constructor.Parameters,
                        IsProtected = constructor.Accessibility == DocAccessibility.Protected,
                    },
                    $"constructor_{Index("new")}");
            }
        }

        foreach (var signature in cls.IndexSignatures)
        {
            AddIndex(signature);
        }

        foreach (var property in cls.Properties.Where(p => p.Accessibility != DocAccessibility.Private))
        {
            Add(
                new MemberEntry
                {
                    Shape = property.IsStatic ? MemberShape.StaticProperty : MemberShape.Property,
                    Name = property.Name,
                    Type = property.Type,
                    Comment = property.Comment,
                    Location = property.Location,
                    IsOptional = property.IsOptional,
                    IsReadonly = property.IsReadonly,
                    IsAbstract = property.IsAbstract,
                    IsOverride = property.IsOverride,
                    IsProtected = property.Accessibility == DocAccessibility.Protected,
                },
                $"property_{property.Name}");
        }

        AddParameterProperties(cls);
        var visible = cls.Methods.Where(m => m.Accessibility != DocAccessibility.Private).ToList();
        var methods = visible.Where(m => m.Kind == DocMethodKind.Method).ToList();
        var accessors = new Dictionary<(string, bool), (DocClassMethod? Getter, DocClassMethod? Setter)>();
        foreach (var accessor in visible.Where(m => m.Kind != DocMethodKind.Method))
        {
            var key = (accessor.Name, accessor.IsStatic);
            var pair = accessors.GetValueOrDefault(key);
            accessors[key] = accessor.Kind == DocMethodKind.Getter ? pair with { Getter = accessor } : pair with { Setter = accessor };
        }

        foreach (var (getter, setter) in accessors.Values)
        {
            var first = (getter ?? setter)!;
            Add(
                new MemberEntry
                {
                    Shape = first.IsStatic ? MemberShape.StaticProperty : MemberShape.Property,
                    Name = first.Name,
                    Type = getter?.Function.ReturnType ?? TypeOf(setter?.Function.Parameters),
                    Comment = getter?.Comment ?? setter?.Comment,
                    Location = first.Location,
                    IsReadonly = setter is null,
                    IsWriteOnly = getter is null,
                    IsAbstract = first.IsAbstract,
                    IsOverride = first.IsOverride,
                    IsProtected = first.Accessibility == DocAccessibility.Protected,
                },
                $"accessor_{first.Name}");
        }

        foreach (var method in Overloads(methods, static m => (m.IsStatic ? "s" : "i") + m.Name, static m => m.Function.HasBody))
        {
            Add(
                new MemberEntry
                {
                    Shape = method.IsStatic ? MemberShape.StaticMethod : MemberShape.Method,
                    Name = method.Name,
                    TypeParameters = method.Function.TypeParameters,
                    Parameters = method.Function.Parameters,
                    Type = method.Function.ReturnType,
                    Comment = method.Comment,
                    Location = method.Location,
                    IsOptional = method.IsOptional,
                    IsAbstract = method.IsAbstract,
                    IsOverride = method.IsOverride,
                    IsProtected = method.Accessibility == DocAccessibility.Protected,
                },
                $"method_{method.Name}_{Index(method.Name)}");
        }
    }

    /// <summary>A constructor's parameters that are properties: users of the class see no difference.</summary>
    private void AddParameterProperties(DocClass cls)
    {
        foreach (var constructor in cls.Constructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                var target = parameter is DocAssignParameter assign ? assign.Left : parameter;
                if (parameter.Property is { Accessibility: not DocAccessibility.Private } property && target is DocIdentifierParameter identifier)
                {
                    Add(
                        new MemberEntry
                        {
                            Shape = MemberShape.Property,
                            Name = identifier.Name,
                            Type = identifier.Type,
                            Comment = CommentOf(constructor.Comment, identifier.Name),
                            Location = constructor.Location,
                            IsOptional = identifier.IsOptional,
                            IsReadonly = property.IsReadonly,
                            IsOverride = property.IsOverride,
                            IsProtected = property.Accessibility == DocAccessibility.Protected,
                        },
                        $"property_{identifier.Name}");
                }
            }
        }

        static DocComment? CommentOf(DocComment? comment, string name) =>
            comment?.Tags.FirstOrDefault(t => t.Kind == JsDocTagKind.Param && t.Name == name)?.Text is { } text ? new DocComment { Text = text } : null;
    }

    private void AddTypeMembers(DocTypeMembers members)
    {
        foreach (var signature in members.Constructors)
        {
            Add(
                new MemberEntry
                {
                    Shape = MemberShape.Constructor,
                    Name = "new",
                    TypeParameters = signature.TypeParameters,
                    Parameters = signature.Parameters,
                    Type = signature.ReturnType,
                    Comment = signature.Comment,
                    Location = signature.Location,
                },
                $"constructor_{Index("new")}");
        }

        foreach (var signature in members.CallSignatures)
        {
            Add(
                new MemberEntry
                {
                    Shape = MemberShape.CallSignature,
                    Name = "call",
                    TypeParameters = signature.TypeParameters,
                    Parameters = signature.Parameters,
                    Type = signature.ReturnType,
                    Comment = signature.Comment,
                    Location = signature.Location,
                },
                $"call_signature_{Index("call signature")}");
        }

        foreach (var signature in members.IndexSignatures)
        {
            AddIndex(signature);
        }

        foreach (var property in members.Properties)
        {
            Add(
                new MemberEntry
                {
                    Shape = MemberShape.Property,
                    Name = property.Name,
                    Type = property.Type,
                    Comment = property.Comment,
                    Location = property.Location,
                    IsOptional = property.IsOptional,
                    IsComputed = property.IsComputed,
                    IsReadonly = property.IsReadonly,
                },
                $"property_{property.Name}");
        }

        var accessors = new Dictionary<string, (DocMethodSignature? Getter, DocMethodSignature? Setter)>(StringComparer.Ordinal);
        foreach (var method in members.Methods)
        {
            if (method.Kind != DocMethodKind.Method)
            {
                var pair = accessors.GetValueOrDefault(method.Name);
                accessors[method.Name] = method.Kind == DocMethodKind.Getter ? pair with { Getter = method } : pair with { Setter = method };
            }
        }

        foreach (var (getter, setter) in accessors.Values)
        {
            var first = (getter ?? setter)!;
            Add(
                new MemberEntry
                {
                    Shape = MemberShape.Property,
                    Name = first.Name,
                    Type = getter?.ReturnType ?? TypeOf(setter?.Parameters),
                    Comment = getter?.Comment ?? setter?.Comment,
                    Location = first.Location,
                    IsReadonly = setter is null,
                    IsWriteOnly = getter is null,
                },
                $"accessor_{first.Name}");
        }

        foreach (var method in members.Methods.Where(m => m.Kind == DocMethodKind.Method))
        {
            Add(
                new MemberEntry
                {
                    Shape = MemberShape.Method,
                    Name = method.Name,
                    TypeParameters = method.TypeParameters,
                    Parameters = method.Parameters,
                    Type = method.ReturnType,
                    Comment = method.Comment,
                    Location = method.Location,
                    IsOptional = method.IsOptional,
                    IsComputed = method.IsComputed,
                },
                $"method_{method.Name}_{Index(method.Name)}");
        }
    }

    private void AddIndex(DocIndexSignature signature) =>
        Add(
            new MemberEntry
            {
                Shape = MemberShape.IndexSignature,
                Name = "",
                Index = signature,
                Type = signature.Type,
                Comment = signature.Comment,
                Location = signature.Location,
            },
            $"index_signature_{Index("index signature")}");

    private static DocType? TypeOf(ImmutableArray<DocParameter>? parameters) => parameters is { IsDefaultOrEmpty: false } given ? given[0].Type : null;

    /// <summary>Behind overloads the one with a body is the implementation, which nobody can call.</summary>
    private static IEnumerable<T> Overloads<T>(IReadOnlyList<T> declarations, Func<T, string> name, Func<T, bool> hasBody)
    {
        var withoutBody = declarations.Where(d => !hasBody(d)).Select(name).ToHashSet(StringComparer.Ordinal);
        return declarations.Where(d => !hasBody(d) || !withoutBody.Contains(name(d)));
    }
}
