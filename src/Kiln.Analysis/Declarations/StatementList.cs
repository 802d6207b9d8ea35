using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>A file or a namespace while it is written.</summary>
internal sealed class StatementList(Statement[] statements, bool isTopLevel)
{
    public Statement[] Statements { get; } = statements;
    public bool IsTopLevel { get; } = isTopLevel;

    /// <summary>Inside a namespace everything is ambient already, and <c>declare</c> may not be said again.</summary>
    public bool IsAmbient => !IsTopLevel;

    /// <summary>All that is written of a namespace is exported, so that nobody needs to say so.</summary>
    public bool DropsExport { get; init; }

    /// <summary>Something was written that is not exported. Without a marker TypeScript would export it all the same.</summary>
    public bool HasHidden { get; set; }

    /// <summary>An export list or assignment was written: only what is exported is.</summary>
    public bool HasMarker { get; set; }

    /// <summary>Something was written that makes the file a module.</summary>
    public bool HasModuleSyntax { get; set; }

    /// <summary>The last signature without a body: what follows under its name with a body is its implementation.</summary>
    public FunctionDeclaration? Overload { get; set; }
}
