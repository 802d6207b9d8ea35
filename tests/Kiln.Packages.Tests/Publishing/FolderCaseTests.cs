using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Kiln.Packages.Files;
using Kiln.Packages.Names;
using Kiln.Packages.Publishing;
using Kiln.Packages.Workspaces;

namespace Kiln.Packages.Tests.Publishing;

/// <summary>Folders against <c>deno publish</c>: diagnostics with their places, published files, unfurled texts.</summary>
public sealed partial class FolderCaseTests
{
    public static TheoryData<string> Ids => [.. FolderCase.All.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_folder_is_judged_as_deno_judges_it(string id)
    {
        var folder = FolderCase.All[id];
        var check = Check(folder);
        var ours = check?.Diagnostics.Select(Describe).Order(StringComparer.Ordinal).ToList() ?? [];
        if (check is null or { Packages.Count: 0, Diagnostics.Count: 0 })
        {
            // What is no package is nothing to publish, which deno calls an error.
            ours.Add("error no-package");
        }

        var expected = folder.Strings("deno", "diagnostics").Except(folder.Strings("kiln", "missing"), StringComparer.Ordinal).Concat(folder.Strings("kiln", "extra")).Order(StringComparer.Ordinal).ToList();
        var isFailure = folder.Failure is { } text && !text.StartsWith("Found ", StringComparison.Ordinal);
        if (isFailure && !folder.Strings("kiln", "extra").Any())
        {
            AssertFailure(folder.Failure!, ours);
            return;
        }

        Assert.Equal(expected, ours);
        if (check is not null && folder.Failure is null)
        {
            AssertUploads(folder, check);
        }
    }

    [Fact]
    public void Every_difference_belongs_to_a_case_and_says_why()
    {
        foreach (var id in FolderCase.DifferenceIds)
        {
            Assert.True(FolderCase.All.TryGetValue(id, out var folder), id);
            Assert.True(folder.Difference.GetProperty("reason").GetString()!.Length > 20, id);
        }
    }

    /// <summary>The judge that counts in the end is the registry's own code.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public async Task What_passes_is_accepted_by_the_registry(string id)
    {
        foreach (var package in Check(FolderCase.All[id])?.Packages.Where(p => p.IsPublishable) ?? [])
        {
            var config = PackagePath.Parse(TreePath.InPackage(package.Folder.Config!.Path, package.Folder.Folder));
            var request = new PublishRequest(package.Name!.Scope, package.Name.Package, package.Version!, config, "https://registry.test/", DateTimeOffset.UnixEpoch);
            var result = await PackageBuilder.BuildAsync(package.ReadFiles(CancellationToken.None), request, CancellationToken.None);
            Assert.True(result.IsSuccess, result.Error?.Message);

            // Both say the same about types.
            if (!FolderCase.All[id].AllowSlowTypes)
            {
                Assert.Equal(package.Diagnostics.Count(d => d.IsSlowType), result.Artifacts.SlowTypes.Count);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Threads_do_not_change_the_result(string id)
    {
        var (one, many) = (Check(FolderCase.All[id]), Check(FolderCase.All[id], maxParallelism: 8));
        Assert.Equal(one?.Diagnostics, many?.Diagnostics);
        Assert.Equal(one?.AnalysedFiles, many?.AnalysedFiles);
    }

    private static WorkspaceCheck? Check(FolderCase folder, int maxParallelism = 1) =>
        WorkspaceDiscovery.Find(folder.Tree, folder.Folder) is { } workspace
            ? WorkspaceCheck.Run(workspace, folder.Tree, new CheckOptions { AllowSlowTypes = folder.AllowSlowTypes, MaxParallelism = maxParallelism }, CancellationToken.None)
            : null;

    /// <summary>Deno stops at the first plain error. Kiln reports one too, at the same place where deno names one.</summary>
    private static void AssertFailure(string failure, List<string> ours)
    {
        Assert.Contains(ours, d => d.StartsWith("error ", StringComparison.Ordinal));
        if (Place().Match(failure) is { Success: true } place)
        {
            Assert.Contains(ours, d => d.StartsWith("error ", StringComparison.Ordinal) && d.EndsWith($" {place.Groups[1].Value}:{place.Groups[2].Value}", StringComparison.Ordinal));
        }
    }

    private static void AssertUploads(FolderCase folder, WorkspaceCheck check)
    {
        var expected = folder.Uploads().ToLookup(u => u.Package, StringComparer.Ordinal);
        Assert.Equal(expected.Select(e => e.Key).Order(StringComparer.Ordinal), check.Packages.Select(p => $"{p.Name}@{p.Version}").Order(StringComparer.Ordinal));
        foreach (var package in check.Packages)
        {
            var uploads = expected[$"{package.Name}@{package.Version}"].ToList();
            Assert.Equal(uploads.Select(u => "/" + u.Path).Order(StringComparer.Ordinal), package.Files.Keys);
            foreach (var (_, path, text) in uploads)
            {
                var source = folder.Sources[package.Files["/" + path]];
                Assert.Equal(text ?? source, Encoding.UTF8.GetString(package.ContentOf("/" + path)));
            }
        }
    }

    private static string Describe(PublishDiagnostic d) =>
        string.Create(CultureInfo.InvariantCulture, $"{(d.Severity == DiagnosticSeverity.Error ? "error" : "warning")} {d.Code} {d.Path}{(d.HasPlace ? $":{d.Start.Line}:{d.Start.Column}" : "")}");

    [GeneratedRegex(@"\n\s+at (/[^\n]*?):(\d+:\d+)$", RegexOptions.None, 1000)]
    private static partial Regex Place();
}
