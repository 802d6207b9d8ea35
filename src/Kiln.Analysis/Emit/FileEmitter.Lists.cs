using System.Buffers;
using Kiln.Analysis.Binding;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Emit;

/// <summary>Statement and member lists: what goes, with its lines and comments, and where a semicolon must be written for what then meets.</summary>
internal sealed partial class FileEmitter
{
    private static readonly SearchValues<string> LicenseWords = SearchValues.Create(["@license", "@preserve", "copyright"], StringComparison.OrdinalIgnoreCase);

    private Dictionary<ModuleBlock, ContainerBlock> CurrentModules => field ??= [];
    private readonly HashSet<Statement> deleted = [];

    private void PlanTopLevel()
    {
        FindTypeOnlyImports();
        PlanList(file.Statements, null, 0, text.Length);
        stack.PushAll(file.Statements);
    }

    /// <param name="list">The statements of a file, block, namespace or case.</param>
    /// <param name="module">The namespace whose body the list is.</param>
    /// <param name="start">Where the list's text starts, behind the opening brace.</param>
    /// <param name="end">Where it ends.</param>
    private void PlanList(Statement[] list, ContainerBlock? module, int start, int end)
    {
        Statement? previous = null;
        var previousEnd = start;
        var gapEnd = -1;
        var gapStart = -1;
        for (var i = 0; i < list.Length; i++)
        {
            var statement = list[i];
            var next = i + 1 < list.Length ? list[i + 1].Start : end;
            if (PlanListStatement(statement, module, topLevel: ReferenceEquals(list, file.Statements)))
            {
                deleted.Add(statement);
                DeleteLines(statement.Start, statement.End, previousEnd, next);
                if (gapStart < 0)
                {
                    gapStart = statement.Start;
                }

                gapEnd = statement.End;
            }
            else
            {
                if (previous is not null && LacksSemicolon(previous) && NeedsSemicolon(previous, statement, gapStart, gapEnd))
                {
                    After(previous, ";");
                }

                previous = statement;
                gapStart = -1;
            }

            previousEnd = statement.End;
        }

        PlanUsing(list, start, end);
    }

    /// <summary>Plans what a statement's place in its list decides. True when it goes whole.</summary>
    private bool PlanListStatement(Statement statement, ContainerBlock? module, bool topLevel)
    {
        if (IsErased(statement))
        {
            return true;
        }

        switch (statement)
        {
            case InterfaceDeclaration or TypeAliasDeclaration or NamespaceExportDeclaration:
                return isTypeScript;
            case ModuleDeclaration n:
                if (!IsInstantiatedHere(n))
                {
                    return true;
                }

                Survives(n);
                Transform(n);
                return false;
            case EnumDeclaration n:
                Survives(n);
                Transform(n);
                return false;
            case ImportDeclaration n: return PlanImport(n);
            case ExportDeclaration n: return PlanExport(n);
            case ExportAssignment n:
                if (n.IsExportEquals)
                {
                    // TypeScript drops it as well.
                    diagnostics.Add(EmitDiagnostic.ExportEquals(n));
                    return true;
                }

                if (isTypeScript && IsTypeOnlyDefault(n))
                {
                    return true;
                }

                keepsModuleSyntax = true;
                return false;
            case ImportEqualsDeclaration n: return PlanImportEquals(n, module);
            case DeclarationStatement n when n.Modifiers.Has(ModifierFlags.Export):
                if (module is null)
                {
                    keepsModuleSyntax |= topLevel;
                }
                else
                {
                    PlanNamespaceExport(n, module);
                }

                return false;
            default:
                return false;
        }
    }

    private void Survives(DeclarationStatement statement) =>
        keepsModuleSyntax |= statement.Modifiers.Has(ModifierFlags.Export) && bindings.Blocks.TryGetValue(statement, out var block) && block.IsTopLevel && block.DeclaresVariable;

    private bool IsInstantiatedHere(ModuleDeclaration n)
    {
        if (IsErased(n) || !bindings.Blocks.TryGetValue(n, out var block))
        {
            return false;
        }

        if (n.Body is ModuleBlock body)
        {
            CurrentModules[body] = block;
        }

        return true;
    }

    // Semicolons.

    /// <summary>The statement is one that a semicolon ends, and none does.</summary>
    private bool LacksSemicolon(Statement statement)
    {
        while (true)
        {
            switch (statement)
            {
                case IfStatement n: statement = n.ElseStatement ?? n.ThenStatement; continue;
                case ForStatement n: statement = n.Body; continue;
                case ForInOrOfStatement n: statement = n.Body; continue;
                case WhileStatement n: statement = n.Body; continue;
                case LabeledStatement n: statement = n.Body; continue;
                case WithStatement n: statement = n.Body; continue;
                case VariableStatement or ExpressionStatement or ReturnStatement or ThrowStatement or JumpStatement or ImportDeclaration
                    or ExportDeclaration or ExportAssignment or ImportEqualsDeclaration:
                    return text[statement.End - 1] != ';';
                case SimpleStatement { Kind: SyntaxKind.DebuggerStatement }:
                    return text[statement.End - 1] != ';';
                default:
                    return false;
            }
        }
    }

    /// <summary>
    /// The source inserted a semicolon because of the token that followed. When that token goes, or the last one before it, the new neighbours
    /// may read on.
    /// </summary>
    private bool NeedsSemicolon(Statement previous, Statement next, int gapStart, int gapEnd)
    {
        // What writes itself may begin with a parenthesis.
        if (next is EnumDeclaration or ModuleDeclaration || (next is ExpressionStatement { Expression: var expression } && (text[next.Start] == '<' || StartsDifferently(expression, statementStart: true)))
            || (next is VariableStatement { DeclarationList.Declarations: [{ Name: not Identifier }, ..] } n && n.Modifiers.Has(ModifierFlags.Export)))
        {
            return true;
        }

        if (gapStart >= 0 && !HasLineBreak(previous.End, gapStart) && !HasLineBreak(gapEnd, next.Start))
        {
            return true;
        }

        return Continues(FirstKept(next.Start)) && (gapStart >= 0 || EndsErased(previous) || FirstKept(next.Start) != next.Start);
    }

    /// <summary>The offset of the first token at or after a place that no inline erasure takes.</summary>
    private int FirstKept(int position)
    {
        var erasures = file.Erasures;
        for (var i = FirstErasureFrom(position); i < erasures.Length && erasures[i].Start <= position; i++)
        {
            position = SkipTrivia(erasures[i].End);
        }

        return position;
    }

    /// <summary>
    /// Index of the first erasure that starts at or after a place. Questions come nearly in source order, so the answer is looked for around
    /// the last one first.
    /// </summary>
    private int FirstErasureFrom(int position)
    {
        var erasures = file.Erasures;
        int low = 0, high = erasures.Length;
        var near = lastErasure;
        for (var steps = 0; steps < 8; steps++)
        {
            if (near < high && erasures[near].Start < position)
            {
                low = ++near;
            }
            else if (near > low && erasures[near - 1].Start >= position)
            {
                high = --near;
            }
            else
            {
                return lastErasure = near;
            }
        }

        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (erasures[middle].Start < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return lastErasure = low;
    }

    private bool EndsErased(Node node)
    {
        var erasures = file.Erasures;
        var low = FirstErasureFrom(node.End);
        // Erasures before the node's end, nearest first; the outer of nested ones comes earlier.
        for (var i = low - 1; i >= 0 && erasures[i].Start >= node.Start; i--)
        {
            if (erasures[i].End >= node.End)
            {
                return true;
            }

            if (low - i > 64)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A token that may continue the expression before it.</summary>
    private bool Continues(int position)
    {
        if (position >= text.Length)
        {
            return false;
        }

        return text[position] switch
        {
            '(' or '[' or '`' or '+' or '-' or '*' or '/' or ',' or '.' or '<' or '?' or '=' or '&' or '|' or '%' or '^' or '>' => true,
            'i' => StartsWord(position, "in") || StartsWord(position, "instanceof"),
            _ => false,
        };
    }

    private bool StartsWord(int position, string word) =>
        string.CompareOrdinal(text, position, word, 0, word.Length) == 0
        && (position + word.Length >= text.Length || !(char.IsLetterOrDigit(text[position + word.Length]) || text[position + word.Length] is '_' or '$'));

    // Class members.

    private void PlanMembers(Node[] members, int bodyStart, int end)
    {
        Node? previous = null;
        var previousEnd = bodyStart + 1;
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[i];
            if (IsErased(member))
            {
                DeleteLines(member.Start, member.End, previousEnd, i + 1 < members.Length ? members[i + 1].Start : end - 1);
            }
            else
            {
                if (previous is PropertyDeclaration field && text[field.End - 1] != ';' && FieldNeedsSemicolon(field, member))
                {
                    After(field, ";");
                }

                previous = member;
            }

            previousEnd = member.End;
        }
    }

    private bool FieldNeedsSemicolon(PropertyDeclaration field, Node next)
    {
        // A field named `get` must not become the start of an accessor.
        if (field.Initializer is null && field.Name is Identifier && Slice(field.Name) is "get" or "set" or "static" or "async" or "accessor")
        {
            return true;
        }

        var first = FirstKept(next.Start);
        return next is not SemicolonClassElement && (Continues(first) || !HasLineBreak(field.End, next.Start));
    }

    // Lines and comments.

    /// <summary>
    /// Deletes a statement or member with the comments directly above it and, when nothing else stands there, what its lines hold. Licence comments
    /// stay, and so do the line breaks: the writer brings them back.
    /// </summary>
    private void DeleteLines(int start, int end, int regionStart, int regionEnd)
    {
        start = AttachedStart(start, regionStart, keepLicenses: true);
        var lineStart = start;
        while (lineStart > regionStart && text[lineStart - 1] is ' ' or '\t' && lineStart > regionStart)
        {
            lineStart--;
        }

        var startsLine = lineStart == 0 || IsLineBreak(text[lineStart - 1]);
        var lineEnd = end;
        while (true)
        {
            while (lineEnd < regionEnd && text[lineEnd] is ' ' or '\t' && lineEnd < regionEnd)
            {
                lineEnd++;
            }

            if (lineEnd + 1 < regionEnd && text[lineEnd] == '/' && text[lineEnd + 1] is '/' or '*' && CommentAt(lineEnd) is { } comment && !HasLineBreak(comment.Start, comment.End))
            {
                lineEnd = comment.End;
                continue;
            }

            break;
        }

        var endsLine = lineEnd >= text.Length || IsLineBreak(text[lineEnd]);
        if (startsLine && endsLine)
        {
            lineEnd = AfterLineBreak(lineEnd);
            Delete(lineStart, lineEnd);
        }
        else if (endsLine)
        {
            Delete(lineStart, lineEnd);
        }
        else
        {
            while (end < regionEnd && text[end] is ' ' or '\t' && end < regionEnd)
            {
                end++;
            }

            Delete(start, end);
        }
    }

    private static bool IsLineBreak(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    private int AfterLineBreak(int position)
    {
        if (position >= text.Length)
        {
            return text.Length;
        }

        return text[position] == '\r' && position + 1 < text.Length && text[position + 1] == '\n' ? position + 2 : position + 1;
    }

    private Comment? CommentAt(int position)
    {
        var index = FirstCommentFrom(position);
        return index < file.Comments.Length && file.Comments[index].Start == position ? file.Comments[index] : null;
    }

    private int FirstCommentFrom(int position) => SourceScan.FirstCommentFrom(file.Comments, position);

    /// <summary>Where the comments start that stand directly on top of a place, without a blank line between.</summary>
    private int AttachedStart(int start, int regionStart, bool keepLicenses)
    {
        var attached = start;

        // The start of a comment's line, or of the region when no line starts in it, and the first that stands there. Found once a line.
        var lineStart = int.MaxValue;
        var firstOnLine = 0;
        var behindCode = false;
        for (var i = FirstCommentFrom(start) - 1; i >= 0; i--)
        {
            var comment = file.Comments[i];
            if (comment.Start < regionStart || comment.Kind == CommentKind.Shebang || !IsBlank(comment.End, attached) || HasBlankLine(comment.End, attached))
            {
                break;
            }

            if (comment.Start < lineStart)
            {
                lineStart = regionStart + text.AsSpan(regionStart, comment.Start - regionStart).LastIndexOfAny("\n\r\u2028\u2029") + 1;
                behindCode = lineStart == regionStart && regionStart > 0 && text[regionStart - 1] is not '{' && !IsLineBreak(text[regionStart - 1]);
                firstOnLine = SkipBlank(lineStart, comment.Start);
            }

            // A comment behind other code on its line belongs to that code.
            if (firstOnLine < comment.Start || behindCode)
            {
                if (i == 0 || file.Comments[i - 1].End > comment.Start || !IsBlank(file.Comments[i - 1].End, comment.Start))
                {
                    break;
                }
            }

            if (keepLicenses && IsLicense(comment))
            {
                break;
            }

            attached = comment.Start;
        }

        return attached;
    }

    private bool IsLicense(Comment comment)
    {
        var slice = text.AsSpan(comment.Start, comment.End - comment.Start);
        return slice.StartsWith("/*!", StringComparison.Ordinal) || slice.ContainsAny(LicenseWords);
    }

    private bool IsBlank(int start, int end) => start >= end || text.AsSpan(start, end - start).IsWhiteSpace();

    private int SkipBlank(int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        return start;
    }

    /// <summary>More than one line break in a blank range.</summary>
    private bool HasBlankLine(int start, int end)
    {
        var first = start;
        while (first < end && !IsLineBreak(text[first]))
        {
            first++;
        }

        return first < end && HasLineBreak(AfterLineBreak(first), end);
    }
}
