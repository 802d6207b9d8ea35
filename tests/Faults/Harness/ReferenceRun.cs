using Kiln.Faults;
using Kiln.Tooling;

[assembly: AssemblyFixture(typeof(Kiln.Faults.Harness.ReferenceRun))]

namespace Kiln.Faults.Harness;

/// <summary>
/// One run without accidents, shared by all tests: what the public saw after each publish, and the data folder as it was before and after the first version, from which
/// the disturbed runs start.
/// </summary>
public sealed class ReferenceRun : IAsyncLifetime
{
    private readonly TemporaryFolder template = new();
    private string token = "";

    /// <summary>Published before the accident.</summary>
    internal SamplePackage First { get; } = SamplePackage.Make("1.0.0");

    /// <summary>Published during the accident.</summary>
    internal SamplePackage Target { get; } = SamplePackage.Make("1.1.0");

    /// <summary>Published after it.</summary>
    internal SamplePackage Next { get; } = SamplePackage.Make("1.2.0");

    internal IReadOnlyDictionary<string, string> AfterFirst { get; private set; } = new Dictionary<string, string>();

    internal IReadOnlyDictionary<string, string> AfterTarget { get; private set; } = new Dictionary<string, string>();

    internal IReadOnlyDictionary<string, string> AfterNext { get; private set; } = new Dictionary<string, string>();

    /// <summary>Every file below <c>objects</c> at the end, except the uploads, whose names are random.</summary>
    internal IReadOnlyList<string> ObjectFiles { get; private set; } = [];

    /// <summary>With the first version.</summary>
    internal Installation NewInstallation() => Installation.CopyOf(template["data"], token);

    /// <summary>With a package that has no version yet.</summary>
    internal Installation NewEmptyInstallation() => Installation.CopyOf(template["empty"], token);

    public async ValueTask InitializeAsync()
    {
        // Builds, if something has changed, so that no start of a server has to.
        (await Child.RunAsync(Path.Combine(ToolPaths.Root, "kiln"), ["--version"], ToolPaths.Root, seconds: 600)).MustSucceed();

        await using (var installation = await Installation.CreateAsync())
        {
            token = installation.Token;
            await installation.StopAsync();
            TemporaryFolder.Copy(installation.Data, template["empty"]);
            await installation.StartAsync();
            await installation.PublishAsync(First);
            AfterFirst = await PublicView.TakeAsync(installation.Http, [First]);
            await installation.SettleAsync();
            await installation.StopAsync();
            TemporaryFolder.Copy(installation.Data, template["data"]);
        }

        await using var undisturbed = NewInstallation();
        await undisturbed.StartAsync();
        await undisturbed.PublishAsync(Target);
        AfterTarget = await PublicView.TakeAsync(undisturbed.Http, [First, Target]);
        await undisturbed.PublishAsync(Next);
        AfterNext = await PublicView.TakeAsync(undisturbed.Http, [First, Target, Next]);
        await undisturbed.SettleAsync();
        await undisturbed.StopAsync();
        Aftermath.Check(undisturbed.Data, [First, Target, Next]);
        ObjectFiles = Aftermath.ObjectFiles(undisturbed.Data);
    }

    public ValueTask DisposeAsync()
    {
        template.Dispose();
        return ValueTask.CompletedTask;
    }
}
