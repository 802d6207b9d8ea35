using Kiln.Packages.Configuration;

namespace Kiln.Packages.Publishing;

public enum DiagnosticSeverity : byte
{
    /// <summary>The package cannot be published.</summary>
    Error,

    Warning,
}

/// <summary>Something that is wrong with a package on the author's disk (publishing.md §1.13).</summary>
/// <param name="Code">One of <see cref="PublishDiagnosticCodes"/>, of <see cref="Analysis.FastCheck.FastCheckCodes"/>, or TypeScript's number in digits.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Path">Absolute path of the file that it is about.</param>
/// <param name="Start">Default when the file as a whole is meant.</param>
/// <param name="End">Exclusive; never before the start.</param>
public sealed record PublishDiagnostic(string Code, DiagnosticSeverity Severity, string Message, string Path, TextPlace Start = default, TextPlace End = default)
{
    /// <summary>What to do; null when the message says it.</summary>
    public string? Hint { get; init; }

    /// <summary>The package that it concerns, as its configuration names it; null when it is about a workspace as a whole.</summary>
    public string? Package { get; init; }

    /// <summary>One of the codes of types that cannot be told from syntax.</summary>
    public bool IsSlowType { get; init; }

    /// <summary>TypeScript's number of a syntax error; else 0.</summary>
    public int Number { get; init; }

    public bool HasPlace => Start.Line > 0;

    /// <summary>By file and place, then by code.</summary>
    public static int Compare(PublishDiagnostic left, PublishDiagnostic right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var order = string.CompareOrdinal(left.Path, right.Path);
        order = order != 0 ? order : left.Start.Line.CompareTo(right.Start.Line);
        order = order != 0 ? order : left.Start.Column.CompareTo(right.Start.Column);
        return order != 0 ? order : string.CompareOrdinal(left.Code, right.Code);
    }
}
