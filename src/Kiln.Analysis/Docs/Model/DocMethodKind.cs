namespace Kiln.Analysis.Docs.Model;

/// <summary>What a member that is written like a method is.</summary>
public enum DocMethodKind : byte
{
    Method,
    Getter,
    Setter,
}
