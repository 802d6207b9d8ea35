using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Kiln.Faults.Harness;
using Kiln.Tooling;
using Microsoft.Data.Sqlite;

namespace Kiln.Faults;

/// <summary>security.md F26 and F27: what happens beside and to the embedded database.</summary>
public sealed class DatabaseTests(ReferenceRun reference, ITestOutputHelper output)
{
    /// <summary>A long reader holds up the checkpoint, so that the log grows; when it ends, the next writes get the log down again.</summary>
    [Fact]
    public async Task A_long_read_transaction_stops_nobody_and_its_end_lets_the_log_be_written_back()
    {
        await using var installation = reference.NewInstallation();
        await installation.StartAsync();
        await installation.SettleAsync();
        var published = new List<SamplePackage>();
        await using (var reader = Open(installation))
        {
            Execute(reader, "BEGIN");
            Assert.Equal("1", Scalar(reader, "SELECT COUNT(*) FROM package_versions"));
            for (var n = 0; n < 12; n++)
            {
                published.Add(SamplePackage.Make($"4.0.{n}"));
                await installation.PublishAsync(published[^1]);
            }

            await installation.SettleAsync();
            Assert.Equal("1", Scalar(reader, "SELECT COUNT(*) FROM package_versions")); // It sees what it saw.
            await using var look = Open(installation);
            var held = Checkpoint(look);
            Assert.True(held.Log > held.WrittenBack, $"the reader held nothing up: {held}");
            Execute(reader, "COMMIT");
        }

        published.Add(SamplePackage.Make("4.1.0"));
        await installation.PublishAsync(published[^1]);
        await installation.SettleAsync();
        await using (var look = Open(installation))
        {
            var after = Checkpoint(look);
            Assert.Equal((0, after.Log), (after.Busy, after.WrittenBack));
        }

        await installation.StopAsync();
        Aftermath.Check(installation.Data, [reference.First, .. published]);
    }

    /// <summary>Another process that writes: the server waits for it, within the five seconds of its busy timeout.</summary>
    [Fact]
    public async Task A_write_of_another_process_is_waited_for()
    {
        await using var installation = reference.NewInstallation();
        await installation.StartAsync();
        await installation.SettleAsync();
        await using var other = Open(installation);
        Execute(other, "BEGIN IMMEDIATE");
        var upload = installation.SubmitAsync(reference.Target);
        await Task.Delay(2_000);
        Assert.False(upload.IsCompleted);
        Execute(other, "COMMIT");
        var submission = await upload;
        Assert.True(submission.Task is not null, $"{submission.Status} {submission.Answer}");
        await installation.MustSucceedAsync(submission.Task.Value);
    }

    /// <summary>One that never ends: an error with a code in bounded time, reads as ever, and all well afterwards.</summary>
    [Fact]
    public async Task A_write_of_another_process_that_does_not_end_is_an_error_that_passes()
    {
        await using var installation = reference.NewInstallation();
        await using var witness = ImmutabilityWitness.Watch(installation, reference);
        await installation.StartAsync();
        await installation.SettleAsync();
        await using (var other = Open(installation))
        {
            Execute(other, "BEGIN IMMEDIATE");
            var submission = await installation.SubmitAsync(reference.Target);
            Assert.Null(submission.Task);
            Assert.Equal(503, (int?)submission.Status);
            Assert.Contains("\"databaseUnavailable\"", submission.Answer, StringComparison.Ordinal);
            await witness.LooksAsync();
            Execute(other, "ROLLBACK");
        }

        await installation.PublishAsync(reference.Target);
        await witness.TestifyAsync(reference.First, reference.Target);
        await installation.SettleAsync();
        await installation.StopAsync();
        Aftermath.Check(installation.Data, [reference.First, reference.Target]);
    }

    /// <summary>F27: whoever was told that a change is made finds it after any number of kills, and the file is sound each time.</summary>
    [Fact]
    public async Task A_loop_of_writes_that_is_killed_again_and_again_loses_nothing_acknowledged()
    {
        var kills = Amount.Of(sample: 8, whole: 1_000);
        await using var installation = reference.NewInstallation();
        var random = new Random(27);
        var acknowledged = 0;
        for (var life = 0; life < kills; life++)
        {
            await installation.StartAsync();
            var sent = acknowledged;
            Task? killing = null;
            try
            {
                while (true)
                {
                    await DescribeAsync(installation, ++sent);
                    acknowledged = sent;
                    killing ??= Task.Run(async () =>
                    {
                        await Task.Delay(random.Next(2, 200));
                        await installation.KillAsync();
                    });
                }
            }
            catch (Exception e) when (Installation.IsBrokenConnection(e))
            {
                // The end of this life.
            }

            await killing!;
            await using var database = Open(installation);
            Assert.Equal("ok", Scalar(database, "PRAGMA integrity_check"));
            var kept = int.Parse(Scalar(database, "SELECT description FROM packages").Split(' ')[^1], CultureInfo.InvariantCulture);
            Assert.InRange(kept, acknowledged, sent);
            Assert.Equal(kept.ToString(CultureInfo.InvariantCulture), Scalar(database, $"SELECT COUNT(*) FROM audit_log WHERE meta LIKE '%description%{Word}%'")); // one row for each change, in its transaction
            acknowledged = kept; // The last one was made, though its answer got lost.
        }

        Assert.True(acknowledged > kills * 2, $"only {acknowledged} changes: this proves nothing");
        output.WriteLine($"{acknowledged} changes over {kills} kills");
    }

    private const string Word = "written";

    private static async Task DescribeAsync(Installation installation, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"api/scopes/{SamplePackage.Scope}/packages/{SamplePackage.Name}") { Content = JsonContent.Create(new { description = $"{Word} {number}" }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", installation.Token);
        using var response = await installation.Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    private static SqliteConnection Open(Installation installation)
    {
        var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(installation.Data, "kiln.db"), Pooling = false, DefaultTimeout = 20 }.ToString());
        database.Open();
        return database;
    }

    private static void Execute(SqliteConnection database, string sql) => Scalar(database, sql);

    private static (int Busy, int Log, int WrittenBack) Checkpoint(SqliteConnection database)
    {
        using var command = database.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        return (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2));
    }

    private static string Scalar(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
#pragma warning disable CA2100 // The statements stand in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }
}
