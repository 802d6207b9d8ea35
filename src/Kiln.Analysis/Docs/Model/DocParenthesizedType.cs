namespace Kiln.Analysis.Docs.Model;

/// <summary><c>(T)</c>.</summary>
public sealed class DocParenthesizedType : DocType
{
    public required DocType Type { get; init; }
}
