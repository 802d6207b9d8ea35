namespace Kiln.Analysis.Docs.Model;

/// <summary>What is no type; <see cref="DocType.Repr"/> has the text.</summary>
public sealed class DocUnsupportedType : DocType;
