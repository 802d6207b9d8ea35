using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>Something that is to become public: a symbol, or what <paramref name="Path"/> selects inside it.</summary>
internal readonly record struct TraceRequest(Symbol Symbol, Meanings Meanings, ReferencePath Path, Referrer Referrer);

/// <summary>Who asks, for messages. A reference from another module has no symbol.</summary>
internal readonly record struct Referrer(Symbol? Symbol, Node? Member);
