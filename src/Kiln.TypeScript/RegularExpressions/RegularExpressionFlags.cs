namespace Kiln.TypeScript.RegularExpressions;

[Flags]
internal enum RegularExpressionFlags
{
    None = 0,
    HasIndices = 1,
    Global = 2,
    IgnoreCase = 4,
    Multiline = 8,
    DotAll = 16,
    Unicode = 32,
    UnicodeSets = 64,
    Sticky = 128,

    /// <summary>What <c>(?ims-ims:…)</c> may switch.</summary>
    Modifiers = IgnoreCase | Multiline | DotAll,

    AnyUnicode = Unicode | UnicodeSets,
}
