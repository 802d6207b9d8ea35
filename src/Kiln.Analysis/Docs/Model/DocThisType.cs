namespace Kiln.Analysis.Docs.Model;

/// <summary><c>this</c>.</summary>
public sealed class DocThisType : DocType;
