using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Emit;

/// <summary>What class declarations and class expressions have in common.</summary>
internal readonly struct ClassParts
{
    public ClassParts(ClassDeclaration n)
        : this(n, n.Modifiers, n.Name, n.TypeParameters, n.Extends, n.Implements, n.BodyStart, n.Members)
    {
    }

    public ClassParts(ClassExpression n)
        : this(n, n.Modifiers, n.Name, n.TypeParameters, n.Extends, n.Implements, n.BodyStart, n.Members)
    {
    }

    private ClassParts(Node node, Modifiers modifiers, Identifier? name, TypeParameter[] typeParameters, HeritageClause? extends, HeritageClause? implements, int bodyStart, Node[] members)
    {
        Node = node;
        Modifiers = modifiers;
        Name = name;
        TypeParameters = typeParameters;
        Extends = extends;
        Implements = implements;
        BodyStart = bodyStart;
        Members = members;
    }

    public Node Node { get; }
    public Modifiers Modifiers { get; }
    public Identifier? Name { get; }
    public TypeParameter[] TypeParameters { get; }
    public HeritageClause? Extends { get; }
    public HeritageClause? Implements { get; }
    public int BodyStart { get; }
    public Node[] Members { get; }
}

/// <summary>The names that the code of one decorated class uses, chosen when the class is planned.</summary>
internal sealed class DecoratedClass
{
    /// <summary>The class as decorators leave it; null when only members are decorated.</summary>
    public string? Self { get; set; }

    /// <summary>The class as written, for its private static storage.</summary>
    public string? Original { get; set; }
    public string? Decorators { get; set; }
    public string? Initializers { get; set; }
    public string? Base { get; set; }
    public string? StaticInitializers { get; set; }
    public string? InstanceInitializers { get; set; }
    public required string Metadata { get; init; }

    /// <summary>Members that are decorated or have a computed name, in source order.</summary>
    public List<DecoratedMember> Members { get; } = [];
}

/// <summary>The names of one member.</summary>
internal sealed class DecoratedMember(Member node, string kind)
{
    public Member Node { get; } = node;

    /// <summary>The decorator context's <c>kind</c>.</summary>
    public string Kind { get; } = kind;
    public bool IsStatic => Node.Modifiers.Has(ModifierFlags.Static);
    public bool IsDecorated => Node.Modifiers.Decorators.Length > 0;

    /// <summary>Holds the value of a computed name.</summary>
    public string? Key { get; set; }

    /// <summary>The name as an expression: a quoted string or <see cref="Key"/>.</summary>
    public string NameText { get; set; } = "";

    /// <summary><c>#name</c>, or null.</summary>
    public string? PrivateName { get; set; }
    public string? Decorators { get; set; }
    public string? Initializers { get; set; }
    public string? ExtraInitializers { get; set; }

    /// <summary>Holds the functions of a decorated private member.</summary>
    public string? Descriptor { get; set; }

    /// <summary>The private field behind an auto-accessor, with <c>#</c>.</summary>
    public string? Storage { get; set; }
}
