namespace Kiln.Analysis.Docs.Model;

/// <summary>A number, string, boolean or bigint.</summary>
public sealed class DocLiteralType : DocType
{
    public required DocLiteralKind Kind { get; init; }

    /// <summary>Of a number.</summary>
    public double Number { get; init; }

    /// <summary>Of a string its value; of a bigint its digits, without the <c>n</c>.</summary>
    public string Text { get; init; } = "";

    /// <summary>Of a boolean.</summary>
    public bool IsTrue { get; init; }
}
