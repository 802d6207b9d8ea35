using System.Collections;
using System.Reflection;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript.Support;

/// <summary>What holds for every tree: children lie inside their parents, in source order.</summary>
internal static class TreeChecks
{
    public static void AssertWellFormed(SourceFile file)
    {
        var at = 0;
        foreach (var statement in file.Statements)
        {
            Assert.True(statement.Start >= at, $"statement at {statement.Start} overlaps the one before it");
            at = Math.Max(at, statement.End);
            Check(file, statement);
        }

        Assert.True(at <= file.Text.Length);
    }

    private static void Check(SourceFile file, Node node)
    {
        Assert.True(node.Start <= node.End, $"{node.Kind} at {node.Start} ends before it starts");
        foreach (var child in Children(node))
        {
            // Where recovery made something up, ranges need not nest.
            if (file.Diagnostics.Length == 0)
            {
                Assert.True(child.Start >= node.Start && child.End <= node.End, $"{child.Kind} {child.Start}..{child.End} sticks out of {node.Kind} {node.Start}..{node.End}");
            }

            Check(file, child);
        }
    }

    private static IEnumerable<Node> Children(Node node)
    {
        foreach (var property in node.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            switch (property.GetValue(node))
            {
                case Node child:
                    yield return child;
                    break;
                case Modifiers modifiers:
                    foreach (var decorator in modifiers.Decorators)
                    {
                        yield return decorator;
                    }

                    break;
                case IEnumerable list and not string:
                    foreach (var item in list.OfType<Node>())
                    {
                        yield return item;
                    }

                    break;
            }
        }
    }
}
