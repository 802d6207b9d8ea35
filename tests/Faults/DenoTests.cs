using Kiln.Faults.Harness;
using Kiln.Registry;
using Kiln.Tooling;
using Microsoft.Data.Sqlite;

namespace Kiln.Faults;

/// <summary>security.md F02 and F03 as a person meets them: <c>deno publish</c> fails because the server died, and is run once more.</summary>
public sealed class DenoTests(ReferenceRun reference)
{
    [Theory]
    [InlineData(CrashPoint.StagingWritten)]
    [InlineData(CrashPoint.BeforeClaim)]
    [InlineData(CrashPoint.AfterClaim)]
    public async Task Deno_publishes_the_second_time_whatever_became_of_the_first(string point)
    {
        var deno = ToolPaths.Deno;
        await using var installation = reference.NewInstallation();
        using var folder = new TemporaryFolder();
        folder.Write("project/deno.json", $$"""{ "name": "@{{SamplePackage.Scope}}/{{SamplePackage.Name}}", "version": "7.0.0", "license": "MIT", "exports": "./mod.ts" }""");
        folder.Write("project/mod.ts", "/** Seven. */\nexport const seven: number = 7;\n");
        var environment = new Dictionary<string, string?>
        {
            ["HOME"] = folder["home"], ["DENO_DIR"] = folder["deno"], ["JSR_URL"] = installation.Address.ToString(), ["DENO_NO_UPDATE_CHECK"] = "1", ["NO_COLOR"] = "1",
            ["CI"] = null, ["GITHUB_ACTIONS"] = null, ["HTTP_PROXY"] = null, ["HTTPS_PROXY"] = null, ["http_proxy"] = null, ["https_proxy"] = null,
        };
        Task<ChildResult> PublishAsync() => Child.RunAsync(deno, ["publish", "--allow-dirty", "--token", installation.Token], folder["project"], environment);

        await installation.StartAsync(point);
        var first = await PublishAsync();
        await installation.DiesAsync(point);
        first.MustFail();

        await installation.StartAsync();
        var second = (await PublishAsync()).MustSucceed();
        Assert.Contains("Successfully published", second.Everything, StringComparison.Ordinal);
        Assert.Contains("seven", await installation.Http.GetStringAsync($"@{SamplePackage.Scope}/{SamplePackage.Name}/7.0.0/mod.ts"), StringComparison.Ordinal);
        await installation.SettleAsync();
        await installation.StopAsync();

        await using var database = new SqliteConnection($"Data Source={Path.Combine(installation.Data, "kiln.db")};Mode=ReadOnly;Pooling=False");
        database.Open();
        Assert.Equal(["success"], Aftermath.Query(database, "SELECT status FROM publishing_tasks WHERE version = '7.0.0'")); // one task, one version
    }
}
