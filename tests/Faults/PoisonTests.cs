using Kiln.Faults.Harness;
using Kiln.Registry;

namespace Kiln.Faults;

/// <summary>security.md F05: an upload that kills every server which looks at it. Attempts are counted when a task is leased, so that it is given up all the same.</summary>
public sealed class PoisonTests(ReferenceRun reference)
{
    [Fact]
    public async Task A_package_that_kills_every_server_is_given_up_after_eight_and_harms_nobody_else()
    {
        const int Attempts = 8;
        await using var installation = reference.NewInstallation();
        Guid? poison = null;
        for (var life = 0; life < Attempts; life++)
        {
            var server = installation.Launch(CrashPoint.Built);
            if (await server.BecomesReadyAsync() && poison is null)
            {
                poison = (await installation.SubmitAsync(reference.Target)).Task;
            }

            await installation.DiesAsync(CrashPoint.Built);
        }

        await installation.StartAsync();
        poison ??= await installation.MustSubmitAsync(reference.Target); // The first one may have died before it answered: the task is there.
        for (var attempt = 0; ; attempt++)
        {
            var state = await installation.StatusAsync(poison.Value);
            if (state?.GetProperty("status").GetString() == "failure")
            {
                Assert.Equal("internalError", state.Value.GetProperty("error").GetProperty("code").GetString());
                break;
            }

            Assert.True(attempt < 1_000 && state?.GetProperty("status").GetString() != "success", $"{state}");
            await Task.Delay(20);
        }

        await installation.PublishAsync(reference.Next);
        await installation.PublishAsync(reference.Target); // The same bytes again, without what killed the servers.
    }
}
