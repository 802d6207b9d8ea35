namespace Kiln.Analysis.Docs.Model;

/// <summary>The kinds of literal types.</summary>
public enum DocLiteralKind : byte
{
    Number,
    String,
    Boolean,
    BigInt,
}
