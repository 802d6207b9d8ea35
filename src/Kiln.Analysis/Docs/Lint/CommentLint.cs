using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Analysis.Docs.Lint;

/// <summary>Comments, types and return types that exported declarations lack: <c>missing-jsdoc</c>, <c>missing-explicit-type</c>, <c>missing-return-type</c>.</summary>
internal sealed class CommentLint(NamePlaces places, List<LintProblem> problems, CancellationToken cancellationToken)
{
    private readonly HashSet<(string Code, DocLocation Location)> reported = [];

    public void Check(DocSet docs)
    {
        foreach (var module in docs.Modules)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var open = new Stack<ImmutableArray<DocSymbol>>([module.Symbols]);
            while (open.TryPop(out var symbols))
            {
                foreach (var symbol in symbols)
                {
                    Check(symbol, open);
                }
            }
        }
    }

    private void Check(DocSymbol symbol, Stack<ImmutableArray<DocSymbol>> open)
    {
        var hasFunction = false;
        foreach (var declaration in symbol.Declarations)
        {
            if (declaration.Visibility == DocVisibility.Private || declaration.Definition is DocReference || IsHidden(declaration.Comment))
            {
                continue;
            }

            // What has a body behind another signature implements it.
            if (declaration.Definition is DocFunction { HasBody: var hasBody })
            {
                if (hasBody && hasFunction)
                {
                    continue;
                }

                hasFunction = true;
            }

            CheckComment(declaration.Comment, declaration.Location);
            switch (declaration.Definition)
            {
                case DocFunction it:
                    CheckReturn(it.ReturnType, declaration.Location);
                    break;
                case DocVariable it:
                    CheckType(it.Type, declaration.Location);
                    break;
                case DocClass it:
                    Check(it);
                    break;
                case DocInterface it:
                    Check(it.Members);
                    break;
                case DocNamespace it:
                    open.Push(it.Elements);
                    break;
            }
        }
    }

    private void Check(DocClass definition)
    {
        var isOverloaded = definition.Constructors.Length > 1;
        foreach (var constructor in definition.Constructors)
        {
            if (constructor.Accessibility != DocAccessibility.Private && constructor.Parameters.Length > 0 && !(isOverloaded && constructor.HasBody) && !IsHidden(constructor.Comment))
            {
                CheckComment(constructor.Comment, constructor.Location);
            }
        }

        foreach (var property in definition.Properties)
        {
            if (property.Accessibility != DocAccessibility.Private && !IsHidden(property.Comment))
            {
                CheckComment(property.Comment, property.Location);
                CheckType(property.Type, property.Location);
            }
        }

        CheckIndexSignatures(definition.IndexSignatures);
        var seen = new HashSet<(bool, string)>();
        foreach (var method in definition.Methods)
        {
            // The implementation of overloads, and the second half of an accessor.
            var isFirst = seen.Add((method.IsStatic, method.Name));
            if ((isFirst || !method.Function.HasBody) && !IsHidden(method.Comment))
            {
                CheckComment(method.Comment, method.Location);
                CheckReturn(method.Function.ReturnType, method.Location);
            }
        }
    }

    private void Check(DocTypeMembers members)
    {
        foreach (var property in members.Properties)
        {
            if (!IsHidden(property.Comment))
            {
                CheckComment(property.Comment, property.Location);
                CheckType(property.Type, property.Location);
            }
        }

        foreach (var method in members.Methods)
        {
            if (!IsHidden(method.Comment))
            {
                CheckComment(method.Comment, method.Location);

                // The reference asks for the return type of a setter too, which cannot be written.
                if (method.Kind != DocMethodKind.Setter)
                {
                    CheckReturn(method.ReturnType, method.Location);
                }
            }
        }

        foreach (var constructor in members.Constructors)
        {
            if (!IsHidden(constructor.Comment))
            {
                CheckComment(constructor.Comment, constructor.Location);
                CheckReturn(constructor.ReturnType, constructor.Location);
            }
        }

        CheckIndexSignatures(members.IndexSignatures);
    }

    private void CheckIndexSignatures(ImmutableArray<DocIndexSignature> signatures)
    {
        foreach (var signature in signatures)
        {
            if (!IsHidden(signature.Comment))
            {
                CheckComment(signature.Comment, signature.Location);
                CheckType(signature.Type, signature.Location);
            }
        }
    }

    private static bool IsHidden(DocComment? comment) => comment is not null && (comment.Has(JsDocTagKind.Internal) || comment.Has(JsDocTagKind.Ignore));

    /// <summary>Tags alone say nothing, but a reason for a deprecation does.</summary>
    private void CheckComment(DocComment? comment, DocLocation location)
    {
        var isDocumented = comment is not null
            && (!string.IsNullOrEmpty(comment.Text) || comment.Tags.Any(t => t.Kind == JsDocTagKind.Deprecated && !string.IsNullOrEmpty(t.Text)));
        if (!isDocumented)
        {
            Report(LintCodes.MissingJsDoc, "exported symbol is missing JSDoc documentation", "write a comment (/** … */) that says what it is for", location);
        }
    }

    private void CheckType(DocType? type, DocLocation location)
    {
        if (type is null)
        {
            Report(LintCodes.MissingExplicitType, "exported symbol is missing an explicit type annotation", "write the type", location);
        }
    }

    private void CheckReturn(DocType? type, DocLocation location)
    {
        if (type is null)
        {
            Report(LintCodes.MissingReturnType, "exported function is missing an explicit return type annotation", "write the return type", location);
        }
    }

    private void Report(string code, string message, string hint, DocLocation location)
    {
        if (reported.Add((code, location)) && places.Find(location) is { } place)
        {
            problems.Add(new LintProblem(code, message, place) { Hint = hint });
        }
    }
}
