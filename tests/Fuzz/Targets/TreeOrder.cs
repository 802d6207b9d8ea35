using Kiln.TypeScript;
using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;
using static Kiln.Fuzz.Targets.FuzzTarget;

namespace Kiln.Fuzz.Targets;

/// <summary>What holds for every parsed file: ranges lie inside the text and, in a valid file, inside their parents and in order; side tables are sorted.</summary>
internal static class TreeOrder
{
    private const int MostDiagnostics = 64;

    public static void Verify(SourceFile file)
    {
        var length = file.Text.Length;
        var at = 0;
        Verify(file.Diagnostics, length);
        foreach (var comment in file.Comments)
        {
            Check(comment.Start >= at && comment.End > comment.Start && comment.End <= length, $"comment {comment.Start}..{comment.End} after {at}");
            at = comment.End;
        }

        at = 0;
        foreach (var erasure in file.Erasures)
        {
            Check(erasure.Start >= at && erasure.End >= erasure.Start && erasure.End <= length, $"erasure {erasure.Start}..{erasure.End} after {at}");
            at = erasure.Start;
        }

        at = 0;
        foreach (var reference in file.ModuleReferences)
        {
            Check(reference.Start >= at && reference.End <= length, $"reference {reference.Start}..{reference.End} after {at}");
            at = reference.Start;
        }

        VerifyTree(file);
    }

    public static void Verify(Diagnostic[] diagnostics, int length)
    {
        var at = 0;
        Check(diagnostics.Length <= MostDiagnostics, $"{diagnostics.Length} diagnostics");
        foreach (var diagnostic in diagnostics)
        {
            Check(diagnostic.Span.Start >= at, "diagnostics are in order");
            Check(diagnostic.Span.End >= diagnostic.Span.Start && diagnostic.Span.End <= length, $"TS{diagnostic.Code} lies in the text");
            Check(diagnostic.Message.Length > 0, $"TS{diagnostic.Code} says something");
            at = diagnostic.Span.Start;
        }
    }

    private static void VerifyTree(SourceFile file)
    {
        var valid = file.Diagnostics.Length == 0;
        var at = 0;
        var stack = new List<Node>();
        foreach (var statement in file.Statements)
        {
            Check(statement.Start >= at && statement.End <= file.Text.Length, $"{statement.Kind} {statement.Start}..{statement.End} after {at}");
            at = Math.Max(at, statement.End);
            stack.Add(statement);
        }

        var children = new List<Node>();
        while (stack.Count > 0)
        {
            var node = stack[^1];
            stack.RemoveAt(stack.Count - 1);
            Check(node.Start >= 0 && node.Start <= node.End && node.End <= file.Text.Length, $"{node.Kind} {node.Start}..{node.End} lies in the text");
            Check(!valid || !node.Has(NodeFlags.Missing), $"{node.Kind} at {node.Start} is made up without a diagnostic");
            children.Clear();
            TreeWalker.AppendChildren(node, children, types: true);
            var last = node.Start;
            foreach (var child in children)
            {
                // Where recovery made something up, ranges need not nest.
                if (valid)
                {
                    Check(child.Start >= last, $"{child.Kind} {child.Start}..{child.End} in {node.Kind} {node.Start}..{node.End} starts before {last}");
                    Check(child.End <= node.End, $"{child.Kind} {child.Start}..{child.End} sticks out of {node.Kind} {node.Start}..{node.End}");
                    last = child.End;
                }

                stack.Add(child);
            }
        }
    }
}
