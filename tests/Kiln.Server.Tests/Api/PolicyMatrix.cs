using System.Globalization;
using System.Text.RegularExpressions;

namespace Kiln.Server.Tests.Api;

/// <summary>A line of <c>policy-matrix.txt</c>: what each caller gets for one request.</summary>
/// <param name="Query">From the question mark; empty for none.</param>
/// <param name="Body">JSON with placeholders; <c>tarball</c> for an upload; null for none.</param>
/// <param name="Preparation">What <see cref="PolicyWorld"/> puts there before; null for nothing special.</param>
/// <param name="Expected">By column: a status, and the code of a refusal.</param>
internal sealed partial record PolicyMatrixRow(string Route, string Query, string? Body, string? Preparation, IReadOnlyDictionary<string, (int Status, string? Code)> Expected)
{
    private static readonly Dictionary<string, (int, string?)> Short = new(StringComparer.Ordinal)
    {
        ["MA"] = (401, "missingAuthentication"), ["MP"] = (403, "missingPermission"), ["NM"] = (403, "actorNotScopeMember"), ["NA"] = (403, "actorNotScopeAdmin"),
        ["NS"] = (403, "actorNotAuthorized"), ["NI"] = (403, "credentialNotInteractive"),
    };

    public static IReadOnlyList<PolicyMatrixRow> ReadAll()
    {
        var rows = new List<PolicyMatrixRow>();
        string[] columns = [];
        string? head = null;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Api", "policy-matrix.txt")).Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line.StartsWith("columns ", StringComparison.Ordinal))
            {
                columns = Cells(line)[1..];
            }
            else if (line[0] != ' ')
            {
                head = line;
            }
            else
            {
                var cells = Cells(line);
                Assert.True(head is not null && cells.Length == columns.Length, line);
                var parts = Head().Match(head!);
                Assert.True(parts.Success, head);
                rows.Add(new PolicyMatrixRow(
                    parts.Groups[1].Value, parts.Groups[2].Value, Optional(parts.Groups[3]), Optional(parts.Groups[4]), columns.Zip(cells).ToDictionary(c => c.First, c => Parse(c.Second), StringComparer.Ordinal)));
                head = null;
            }
        }

        return rows;
    }

    private static string? Optional(Group group) => group.Success ? group.Value : null;

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static (int Status, string? Code) Parse(string cell) => Short.TryGetValue(cell, out var known) ? known
        : cell.Split(':') is [var status, var code] ? (int.Parse(status, CultureInfo.InvariantCulture), code) : (int.Parse(cell, CultureInfo.InvariantCulture), null);

    [GeneratedRegex(@"^([A-Z]+ [^\s?]+)(\?\S+)?(?:  ([{t].*?))?(?:  with (\S+))?$")]
    private static partial Regex Head();
}
