using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>All that a class, interface or object type says about one name: a property, an accessor pair, or a method with its overloads.</summary>
internal sealed class Member
{
    public required string Name { get; init; }
    public bool IsStatic { get; init; }
    public bool IsMethod { get; init; }
    public bool IsOptional { get; set; }

    /// <summary>It cannot be assigned.</summary>
    public bool IsReadonly { get; set; }

    /// <summary>It has no getter.</summary>
    public bool IsWriteOnly { get; set; }

    public bool IsAbstract { get; set; }
    public bool IsProtected { get; set; }

    /// <summary>Of a property or accessor; null when it is not known.</summary>
    public DocType? Type { get; set; }

    /// <summary>Of a method.</summary>
    public List<Signature> Signatures { get; } = [];

    public DocComment? Comment { get; set; }

    public required ChangeSide Side { get; init; }

    /// <summary><c>value</c>, <c>static make</c>.</summary>
    public string ShownName => IsStatic ? "static " + Name : Name;
}
