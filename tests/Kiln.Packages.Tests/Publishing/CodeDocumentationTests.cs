using System.Reflection;
using Kiln.Analysis.Docs.Lint;
using Kiln.Analysis.FastCheck;
using Kiln.Packages.Publishing;
using Kiln.Tooling;

namespace Kiln.Packages.Tests.Publishing;

public sealed class CodeDocumentationTests
{
    [Fact]
    public void Every_code_has_a_section_and_every_section_a_code()
    {
        var codes = CodesOf(typeof(PublishDiagnosticCodes)).Concat(CodesOf(typeof(FastCheckCodes))).Union(CodesOf(typeof(LintCodes)), StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var sections = File.ReadLines(Path.Combine(ToolPaths.Root, "docs", "checks.md")).Where(l => l.StartsWith("### ", StringComparison.Ordinal)).Select(l => l[4..]).Order(StringComparer.Ordinal);
        Assert.Equal(codes, sections);
    }

    private static IEnumerable<string> CodesOf(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);
}
