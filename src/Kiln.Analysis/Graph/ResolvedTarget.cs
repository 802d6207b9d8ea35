namespace Kiln.Analysis.Graph;

public enum TargetKind : byte
{
    /// <summary>A file of this package, which may not exist.</summary>
    File,

    /// <summary><c>jsr:</c> or <c>npm:</c>.</summary>
    Package,

    /// <summary>A scheme that the run time provides: <c>node:</c>, <c>bun:</c>, <c>virtual:</c>, <c>cloudflare:</c>, <c>data:</c>.</summary>
    External,

    /// <summary>A scheme that published packages may not import: <c>http:</c>, <c>https:</c> and every unknown one.</summary>
    Forbidden,

    /// <summary>A bare name, or an export that this package does not have.</summary>
    Unresolved,
}

/// <summary>What a specifier means.</summary>
public sealed class ResolvedTarget
{
    private ResolvedTarget(TargetKind kind, string text, string suffix = "", PackageDependency? dependency = null)
    {
        Kind = kind;
        Text = text;
        Suffix = suffix;
        Dependency = dependency;
    }

    public TargetKind Kind { get; }

    /// <summary>The absolute path of a <see cref="TargetKind.File"/>; the reason for <see cref="TargetKind.Unresolved"/>; else the specifier.</summary>
    public string Text { get; }

    /// <summary>The query and fragment of a file's specifier, with <c>?</c> and <c>#</c>; usually "".</summary>
    public string Suffix { get; }

    /// <summary>Of a <see cref="TargetKind.Package"/>; null when its requirement cannot be read, and then <see cref="Suffix"/> tells why.</summary>
    public PackageDependency? Dependency { get; }

    internal static ResolvedTarget File(string path, string suffix = "") => new(TargetKind.File, path, suffix);

    internal static ResolvedTarget Package(string specifier, PackageDependency dependency) => new(TargetKind.Package, specifier, "", dependency);

    internal static ResolvedTarget UnreadablePackage(string specifier, string reason) => new(TargetKind.Package, specifier, reason);

    internal static ResolvedTarget External(string specifier) => new(TargetKind.External, specifier);

    internal static ResolvedTarget Forbidden(string specifier) => new(TargetKind.Forbidden, specifier);

    internal static ResolvedTarget Unresolved(string reason) => new(TargetKind.Unresolved, reason);

    public override string ToString() => $"{Kind} {Text}{Suffix}";
}

/// <summary>What one specifier of a module means when it is run, and for the type checker. Either may be absent.</summary>
public readonly record struct ResolvedDependency(ResolvedTarget? Code, ResolvedTarget? Types)
{
    /// <summary>What the type checker reads: <see cref="Types"/>, else <see cref="Code"/>.</summary>
    public ResolvedTarget? TypesOrCode => Types ?? Code;
}
