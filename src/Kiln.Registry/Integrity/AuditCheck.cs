using System.Text.Json;
using Kiln.Registry.Data;

namespace Kiln.Registry.Integrity;

/// <summary>Every version that was published or adopted has its line in the audit log (I8).</summary>
internal sealed class AuditCheck(CheckContext context)
{
    private const int AtOnce = 2000;

    public async Task RunAsync(FindingList findings, CancellationToken cancellation)
    {
        // Versions first: the line is written in the transaction of the version.
        var versions = await context.Database.ReadAsync(s => s.ListAsync<VersionRow>("SELECT scope, name, version FROM package_versions"), cancellation);
        var missing = versions.Select(v => (v.Scope, v.Name, v.Version)).ToHashSet();
        for (var after = 0L; missing.Count > 0;)
        {
            var lines = await context.Database.ReadAsync(
                s => s.ListAsync<LineRow>(
                    "SELECT id, meta FROM audit_log WHERE id > @after AND action IN ('publish_version', 'adopt_version') ORDER BY id LIMIT @AtOnce", new { after, AtOnce }),
                cancellation);
            if (lines.Count == 0)
            {
                break;
            }

            after = lines[^1].Id;
            foreach (var line in lines)
            {
                using var meta = JsonDocument.Parse(line.Meta);
                missing.Remove((Text(meta, "scope"), Text(meta, "package"), Text(meta, "version")));
            }
        }

        foreach (var (scope, name, version) in missing.Where(v => context.Options.Package is not { } only || (v.Scope, v.Name) == only))
        {
            findings.Add(FindingKinds.AuditMissing, $"@{scope}/{name}@{version}", "No line of the audit log tells of it.", token => AddAsync(scope, name, version, token));
        }
    }

    private static string Text(JsonDocument meta, string member) =>
        meta.RootElement.ValueKind == JsonValueKind.Object && meta.RootElement.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private async Task<string?> AddAsync(string scope, string name, string version, CancellationToken cancellation)
    {
        await context.Database.ChangeAsync(
            async session =>
            {
                await AuditLog.AppendAsync(session, null, sudo: true, "publish_version", new { scope, package = name, version, recovered = true });
                return default(Done);
            },
            cancellation);
        return null;
    }

    private sealed class VersionRow
    {
        public string Scope { get; set; } = "";

        public string Name { get; set; } = "";

        public string Version { get; set; } = "";
    }

    private sealed class LineRow
    {
        public long Id { get; set; }

        public string Meta { get; set; } = "";
    }
}
