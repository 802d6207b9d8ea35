namespace Kiln.Analysis.FastCheck;

/// <summary>The words of every code (publishing.md §4.8): the reference's, less its slips of the pen.</summary>
public static class FastCheckMessages
{
    private const string ReturnTypes = "all functions in the public API must have an explicit return type";

    public static FastCheckDiagnostic MissingExplicitType(int start, int end) => new(
        FastCheckCodes.MissingExplicitType,
        start,
        end,
        "missing explicit type in the public API",
        "add an explicit type annotation to the symbol");

    public static FastCheckDiagnostic MissingExplicitReturnType(int start, int end) => new(
        FastCheckCodes.MissingExplicitReturnType,
        start,
        end,
        "missing explicit return type in the public API",
        "add an explicit return type to the function");

    /// <summary>A function expression or arrow whose body has statements and none of them returns: it may return nothing or never return.</summary>
    public static FastCheckDiagnostic MissingVoidOrNeverReturnType(int start, int end) =>
        MissingExplicitReturnType(start, end) with { Hint = "add an explicit return type of 'void' or 'never' to the function" };

    public static FastCheckDiagnostic UnsupportedDestructuring(int start, int end) => new(
        FastCheckCodes.UnsupportedDestructuring,
        start,
        end,
        "found destructuring, which is not supported in the public API",
        "separate each destructured symbol into its own export statement");

    public static FastCheckDiagnostic UnsupportedDefaultExportExpr(int start, int end) => new(
        FastCheckCodes.UnsupportedDefaultExportExpr,
        start,
        end,
        "default export expression was too complex",
        "add an 'as' clause with an explicit type after the expression, or extract to a variable");

    public static FastCheckDiagnostic UnsupportedSuperClassExpr(int start, int end) => new(
        FastCheckCodes.UnsupportedSuperClassExpr,
        start,
        end,
        "super class expression was too complex",
        "extract the superclass expression into a variable");

    public static FastCheckDiagnostic UnsupportedUsing(int start, int end) => new(
        FastCheckCodes.UnsupportedUsing,
        start,
        end,
        "using declarations are not supported in the public API",
        "use 'const' instead of 'using'");

    public static FastCheckDiagnostic UnsupportedGlobalModule(int start, int end) => new(
        FastCheckCodes.UnsupportedGlobalModule,
        start,
        end,
        "found global augmentations, which are not supported",
        "remove the 'global' augmentation");

    public static FastCheckDiagnostic UnsupportedAmbientModule(int start, int end) => new(
        FastCheckCodes.UnsupportedAmbientModule,
        start,
        end,
        "found an ambient module, which is a global augmentation, which are not supported",
        "remove the ambient module declaration");

    public static FastCheckDiagnostic UnsupportedRequire(int start, int end) => new(
        FastCheckCodes.UnsupportedRequire,
        start,
        end,
        "require statements are a CommonJS feature, which are not supported in ES modules",
        "use an import statement instead");

    public static FastCheckDiagnostic UnsupportedTsExportAssignment(int start, int end) => new(
        FastCheckCodes.UnsupportedTsExportAssignment,
        start,
        end,
        "export assignments are a Common JS feature, which are not supported in ES modules",
        "use an export statement instead");

    public static FastCheckDiagnostic UnsupportedTsNamespaceExport(int start, int end) => new(
        FastCheckCodes.UnsupportedTsNamespaceExport,
        start,
        end,
        "found namespace export, which is a global augmentation, which are not supported",
        "remove the namespace export");

    /// <param name="start">Of the identifier in the value.</param>
    /// <param name="end">Exclusive.</param>
    /// <param name="reference">The identifier: <c>a</c> in <c>f.b = a</c>.</param>
    /// <param name="property">What it would mean instead: <c>f.a</c>.</param>
    public static FastCheckDiagnostic UnsupportedExpandoProperty(int start, int end, string reference, string property) => new(
        FastCheckCodes.UnsupportedExpandoProperty,
        start,
        end,
        $"expando property referencing '{reference}' conflicts with '{property}'",
        $"rename '{reference}' to something else to avoid conflicts or create a temporary variable with a different name to use in the expando property reference");

    /// <param name="start">Of the first declaration of the member.</param>
    /// <param name="end">Exclusive.</param>
    /// <param name="name">The private member, qualified: <c>A.prototype.secret</c>.</param>
    /// <param name="referrer">What names it, qualified: <c>A.prototype.get</c>.</param>
    public static FastCheckDiagnostic UnsupportedPrivateMemberReference(int start, int end, string name, string referrer) => new(
        FastCheckCodes.UnsupportedPrivateMemberReference,
        start,
        end,
        $"public API member ({referrer}) is referencing or transitively referencing a class private member ({name})",
        "extract the type of the private member to a type alias and reference the type alias instead");

    /// <param name="start">Of the first declaration of the symbol that the reference starts at.</param>
    /// <param name="end">Exclusive.</param>
    /// <param name="name">The reference: <c>A.prototype.obj.k</c>.</param>
    /// <param name="referrer">What contains it, qualified.</param>
    public static FastCheckDiagnostic UnsupportedComplexReference(int start, int end, string name, string referrer) => new(
        FastCheckCodes.UnsupportedComplexReference,
        start,
        end,
        $"the reference '{name}' from '{referrer}' was too complex",
        "extract the shared type to a type alias and reference the type alias instead");

    /// <param name="start">Of the first declaration of the symbol that the reference starts at.</param>
    /// <param name="end">Exclusive.</param>
    /// <param name="name">The reference.</param>
    /// <param name="referrer">What contains it, qualified.</param>
    public static FastCheckDiagnostic NotFoundReference(int start, int end, string name, string referrer) => new(
        FastCheckCodes.NotFoundReference,
        start,
        end,
        $"could not resolve '{name}' referenced from '{referrer}'",
        "fix the reference to point to a symbol that exists");

    /// <summary>Means the module as a whole.</summary>
    public static FastCheckDiagnostic UnsupportedNestedJavaScript() => new(
        FastCheckCodes.UnsupportedNestedJavaScript,
        0,
        0,
        "referenced a JavaScript module without type declarations from a TypeScript module",
        "add a type declaration (d.ts) for the JavaScript module, or rewrite it to TypeScript");

    /// <summary>Means the module as a whole.</summary>
    public static FastCheckDiagnostic UnsupportedJavaScriptEntrypoint() => new(
        FastCheckCodes.UnsupportedJavaScriptEntrypoint,
        0,
        0,
        "used a JavaScript module without type declarations as an entrypoint",
        "add a type declaration (d.ts) for the JavaScript module, or rewrite it to TypeScript");

    /// <summary>Sentences that tell why there is a problem at all, without full stops; empty for an unknown code.</summary>
    public static IReadOnlyList<string> Explain(in FastCheckDiagnostic diagnostic) => diagnostic.Code switch
    {
        FastCheckCodes.MissingExplicitType => ["all symbols in the public API must have an explicit type"],
        FastCheckCodes.MissingExplicitReturnType when diagnostic.Hint.Contains("'never'", StringComparison.Ordinal) =>
        [
            ReturnTypes,
            "function expressions without a return statement can have a return type of either 'void' or 'never'",
            "this function has no return statements, so a return type could not be inferred automatically",
        ],
        FastCheckCodes.MissingExplicitReturnType => [ReturnTypes],
        FastCheckCodes.UnsupportedDestructuring => ["destructuring can not be inferred by fast check"],
        FastCheckCodes.UnsupportedDefaultExportExpr => ["fast check was unable to infer the type of the default export expression"],
        FastCheckCodes.UnsupportedSuperClassExpr => ["fast check was unable to infer the type of the superclass expression"],
        FastCheckCodes.UnsupportedUsing => ["using declarations have unclear semantics in the public API", "they are thus not supported in the public API"],
        FastCheckCodes.UnsupportedGlobalModule => ["global augmentations are not supported because they can modify global types, which can affect other modules type checking"],
        FastCheckCodes.UnsupportedAmbientModule => ["ambient modules are not supported because they can modify the types of a module from outside of that module"],
        FastCheckCodes.UnsupportedRequire => ["CommonJS features such as require are not supported in ES modules"],
        FastCheckCodes.UnsupportedTsExportAssignment => ["CommonJS features such as export assignments are not supported in ES modules"],
        FastCheckCodes.UnsupportedTsNamespaceExport => ["namespace exports are not supported because they can modify the types of a module from outside of that module"],
        FastCheckCodes.UnsupportedExpandoProperty => ["expando properties get converted to a namespace and the reference conflicts with a namespace export"],
        FastCheckCodes.UnsupportedPrivateMemberReference =>
        [
            "private members can not be referenced from public API members",
            "this is because fast check removes private members from the types",
        ],
        FastCheckCodes.UnsupportedComplexReference => ["the reference was too complex to be resolved by fast check"],
        FastCheckCodes.NotFoundReference => ["nothing of that name is declared or exported where the reference points to"],
        FastCheckCodes.UnsupportedNestedJavaScript =>
        [
            "JavaScript files with no corresponding declaration require type inference to be type checked",
            "fast check avoids type inference, so referencing a JavaScript file with no type declarations is not supported",
        ],
        FastCheckCodes.UnsupportedJavaScriptEntrypoint =>
        [
            "JavaScript files with no corresponding declaration require type inference to be type checked",
            "fast check avoids type inference, so JavaScript entrypoints should be avoided",
        ],
        _ => [],
    };
}
