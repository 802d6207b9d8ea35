namespace Kiln.Analysis.Emit;

/// <summary>How new the JavaScript may be.</summary>
public enum EmitTarget : byte
{
    /// <summary>What every supported runtime reads: decorators, <c>accessor</c> and <c>using</c> become code.</summary>
    Es2022,

    /// <summary>Decorators, <c>accessor</c> and <c>using</c> stay as written, as TypeScript's target of that name leaves them.</summary>
    EsNext,
}
