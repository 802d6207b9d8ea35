using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kiln.Packages.Names;
using Kiln.Registry;
using Kiln.Registry.Data;
using Kiln.Registry.Integrity;
using Kiln.Server.Hosting;

namespace Kiln.Server.Commands;

/// <summary><c>kiln fsck</c>: looks whether database and store agree, and mends what can be mended. Exit code 0: nothing is wrong (any more); 1: something is; 2: it could not look.</summary>
internal static class FsckCommand
{
    public const string Name = "fsck";
    public const int Unable = 2;

    private static readonly JsonWriterOptions Line = new() { Encoder = JavaScriptEncoder.Default };

    public static Command Create()
    {
        var settings = new ServerOptionSet();
        var repair = new Option<bool>("--repair") { Description = "Mend what can be mended; immutable public files are never deleted or changed, except back to their recorded bytes" };
        var adopt = new Option<bool>("--adopt") { Description = "Enter versions that only the store knows into the database, or at least bind their numbers for ever" };
        var owner = new Option<string?>("--owner") { Description = "Who owns scopes that --adopt has to make [default: the first member of staff]", HelpName = "NAME" };
        var quick = new Option<bool>("--quick") { Description = "Compare sizes instead of content" };
        var package = new Option<string?>("--package") { Description = "Only this package", HelpName = "@SCOPE/NAME" };
        var json = new Option<bool>("--json") { Description = "One JSON object a line: each finding, then a summary" };
        var open = new Option<bool>("--open") { Description = "Let a restored registry be changed although findings are left" };
        var command = new Command(Name, "Check that the database and the store agree, byte for byte; works while the server runs") { repair, adopt, owner, quick, package, json, open, settings.PublicUrl };
        settings.AddPlacesTo(command);
        command.SetAction((arguments, cancellation) =>
        {
            (string, string)? only = null;
            if (arguments.GetValue(package) is { } text)
            {
                if (!PackageReference.TryParse(text, out var reference, out var reason))
                {
                    return Task.FromResult(Fail($"--package: {reason}"));
                }

                only = (reference.Scope.Value, reference.Package.Value);
            }

            var options = new FsckOptions
            {
                Repair = arguments.GetValue(repair), Adopt = arguments.GetValue(adopt), Owner = arguments.GetValue(owner), Quick = arguments.GetValue(quick), Package = only,
            };
            return RunAsync(settings.Read(arguments), options, arguments.GetValue(json), arguments.GetValue(open), cancellation);
        });
        return command;
    }

    public static int Fail(string problem)
    {
        SharedOptions.Fail(problem);
        return Unable;
    }

    /// <summary>Prints findings, the worst first.</summary>
    public static void Write(FsckReport report, bool json)
    {
        foreach (var finding in report.Findings.OrderByDescending(f => f.Kind.Severity).ThenBy(f => f.Subject, StringComparer.Ordinal).ThenBy(f => f.Kind.Code, StringComparer.Ordinal))
        {
            Console.Out.WriteLine(json ? ToJson(finding) : ToText(finding));
        }

        Console.Out.WriteLine(json ? ToJson(report) : ToText(report));
    }

    private static async Task<int> RunAsync(ServerSettings settings, FsckOptions options, bool json, bool open, CancellationToken cancellation)
    {
        if (!ServerOptions.TryCreate(settings, out var server, out var problem))
        {
            return Fail(problem);
        }

        if (settings.Database is null && !File.Exists(server.ToRegistryOptions().DatabaseFile))
        {
            return Fail($"there is no registry in '{server.DataDirectory}'");
        }

        try
        {
            await using var tools = await RegistryTools.OpenAsync(server.ToRegistryOptions(), settings.PublicUrl is null ? null : server.PublicUrl.ToString(), cancellation);
            FsckReport report;
            using (var progress = new TerminalProgress())
            {
                report = await tools.CheckAsync(options, progress, cancellation);
            }

            Write(report, json);
            if (open && await tools.OpenForChangesAsync(cancellation))
            {
                await Console.Error.WriteLineAsync("kiln: the registry can be changed again");
            }

            return report.Passed ? 0 : 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException or DatabaseUnavailableException or InvalidOperationException)
        {
            return Fail($"cannot check: {e.Message}");
        }
    }

    // Names and messages come from strangers' packages: no control characters on a terminal.
    private static string Printable(string text) => new([.. text.Select(c => char.IsControl(c) ? '?' : c)]);

    private static string ToText(Finding finding)
    {
        var outcome = finding.Outcome switch
        {
            FindingOutcome.Repaired => " Repaired.",
            FindingOutcome.Failed => $" Not repaired: {finding.Reason}. {finding.Kind.Repair}",
            _ => $" --repair: {finding.Kind.Repair}",
        };
        return Printable($"{NameOf(finding.Kind.Severity)} {finding.Kind.Code} {finding.Subject}: {finding.Problem}{outcome}");
    }

    private static string ToText(FsckReport report)
    {
        var repaired = report.Findings.Count(f => f.Outcome == FindingOutcome.Repaired);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{SharedOptions.Counted(report.Packages, "package")}, {SharedOptions.Counted(report.Versions, "version")}, {SharedOptions.Counted(report.Objects, "object")}, {report.Bytes} bytes read: {SharedOptions.Counted(report.CountOpen(FindingSeverity.Error), "error")}, {SharedOptions.Counted(report.CountOpen(FindingSeverity.Warning), "warning")}, {SharedOptions.Counted(report.CountOpen(FindingSeverity.Note), "note")}{(repaired > 0 ? $"; {repaired} repaired" : "")}");
    }

    private static string ToJson(Finding finding) => Json(writer =>
    {
        writer.WriteString("type", "finding");
        writer.WriteString("code", finding.Kind.Code);
        writer.WriteString("severity", NameOf(finding.Kind.Severity));
        writer.WriteString("subject", finding.Subject);
        writer.WriteString("problem", finding.Problem);
        writer.WriteString("repair", finding.Kind.Repair);
        writer.WriteString("outcome", finding.Outcome switch { FindingOutcome.Repaired => "repaired", FindingOutcome.Failed => "failed", _ => "open" });
        if (finding.Reason is { } reason)
        {
            writer.WriteString("reason", reason);
        }
    });

    private static string ToJson(FsckReport report) => Json(writer =>
    {
        writer.WriteString("type", "summary");
        writer.WriteBoolean("passed", report.Passed);
        writer.WriteNumber("errors", report.CountOpen(FindingSeverity.Error));
        writer.WriteNumber("warnings", report.CountOpen(FindingSeverity.Warning));
        writer.WriteNumber("notes", report.CountOpen(FindingSeverity.Note));
        writer.WriteNumber("repaired", report.Findings.Count(f => f.Outcome == FindingOutcome.Repaired));
        writer.WriteNumber("packages", report.Packages);
        writer.WriteNumber("versions", report.Versions);
        writer.WriteNumber("objects", report.Objects);
        writer.WriteNumber("bytes", report.Bytes);
    });

    private static string Json(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Line))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string NameOf(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "error",
        FindingSeverity.Warning => "warning",
        _ => "note",
    };
}
