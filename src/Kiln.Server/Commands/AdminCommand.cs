using System.CommandLine;
using System.Globalization;
using Kiln.Registry;
using Kiln.Registry.Data;
using Kiln.Registry.Downloads;
using Kiln.Server.Hosting;
using Microsoft.Data.Sqlite;

namespace Kiln.Server.Commands;

/// <summary><c>kiln admin …</c>: users and tokens, made on the server's machine. They work while the server runs: short transactions on the same database.</summary>
internal static class AdminCommand
{
    public static Command Create()
    {
        var settings = new ServerOptionSet();
        var command = new Command("admin", "Create users, tokens and sign-in links; works while the server runs")
        {
            new Command("user", "Users") { UserCreate(settings), UserLink(settings), UserList(settings) },
            new Command("token", "Tokens for the command line") { TokenCreate(settings) },
            new Command("downloads", "Counted downloads") { DownloadsImport(settings) },
        };
        settings.AddPlacesTo(command);
        return command;
    }

    private static Command UserCreate(ServerOptionSet settings)
    {
        var name = new Argument<string>("NAME") { Description = "The user's name: 1 to 64 characters without spaces" };
        var staff = new Option<bool>("--staff") { Description = "The user may administer the whole registry" };
        var command = new Command("create", "Create a user") { name, staff };
        command.SetAction((arguments, cancellation) => RunAsync(settings.Read(arguments), async (admin, _) =>
        {
            var created = await admin.CreateUserAsync(arguments.GetRequiredValue(name), arguments.GetValue(staff), cancellation);
            return created.TryGet(out var user, out var error) ? Say($"Created user {user.Login}.") : SharedOptions.Fail(error.Message);
        }, cancellation));
        return command;
    }

    private static Command UserLink(ServerOptionSet settings)
    {
        var name = new Argument<string>("NAME") { Description = "The user to sign in" };
        var hours = new Option<int>("--hours") { Description = "How long the link works", DefaultValueFactory = _ => 1 };
        var command = new Command("link", "Print a link that signs a browser in, once") { name, hours, settings.PublicUrl };
        command.SetAction((arguments, cancellation) => RunAsync(settings.Read(arguments), async (admin, server) =>
        {
            var link = await admin.CreateSignInLinkAsync(arguments.GetRequiredValue(name), TimeSpan.FromHours(Math.Clamp(arguments.GetValue(hours), 1, 24 * 7)), cancellation);
            return link.TryGet(out var secret, out var error) ? Say(Banner.LinkTo(server.PublicUrl, secret)) : SharedOptions.Fail(error.Message);
        }, cancellation));
        return command;
    }

    private static Command UserList(ServerOptionSet settings)
    {
        var command = new Command("list", "Print all users: name, staff or user, date");
        command.SetAction((arguments, cancellation) => RunAsync(settings.Read(arguments), async (admin, _) =>
        {
            foreach (var user in await admin.ListUsersAsync(cancellation))
            {
                Say(string.Create(CultureInfo.InvariantCulture, $"{user.Login}\t{(user.IsStaff ? "staff" : "user")}\t{user.CreatedAt:yyyy-MM-dd}"));
            }

            return 0;
        }, cancellation));
        return command;
    }

    /// <summary>Prints the token and nothing else on standard output, for <c>TOKEN=$(kiln admin token create …)</c>.</summary>
    private static Command TokenCreate(ServerOptionSet settings)
    {
        var user = new Option<string>("--user") { Description = "Whose token", Required = true, HelpName = "NAME" };
        var description = new Option<string>("--description") { Description = "What it is for", DefaultValueFactory = _ => "made with kiln admin" };
        var days = new Option<int?>("--days") { Description = "How long it works [default: for ever]" };
        var command = new Command("create", "Print a new token, once; it may do whatever its user may") { user, description, days };
        command.SetAction((arguments, cancellation) => RunAsync(settings.Read(arguments), async (admin, _) =>
        {
            var expires = arguments.GetValue(days) is { } number ? TimeProvider.System.GetUtcNow().AddDays(Math.Clamp(number, 1, 36_500)) : (DateTimeOffset?)null;
            var created = await admin.CreateTokenAsync(arguments.GetRequiredValue(user), arguments.GetRequiredValue(description), expires, cancellation);
            return created.TryGet(out var token, out var error) ? Say(token.Secret) : SharedOptions.Fail(error.Message);
        }, cancellation));
        return command;
    }

    private static Command DownloadsImport(ServerOptionSet settings)
    {
        var logs = new Argument<FileInfo[]>("LOG") { Description = "Access logs in the combined format that are not written to any more", Arity = ArgumentArity.OneOrMore };
        var command = new Command("import", "Count downloads that a web server in front has answered by itself; a log is counted once") { logs };
        command.SetAction((arguments, cancellation) => RunAsync(settings.Read(arguments), async (database, _, _) =>
        {
            foreach (var log in arguments.GetRequiredValue(logs))
            {
                AccessLogImport import;
                try
                {
                    await using var content = log.OpenRead();
                    import = await DownloadService.ImportAsync(database, content, cancellation);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    return SharedOptions.Fail($"the log '{log}' cannot be read: {e.Message}");
                }

                Say(string.Create(CultureInfo.InvariantCulture, $"{log.Name}: {import.Added} downloads counted, {import.LeftOut} left out."));
            }

            return 0;
        }, cancellation));
        return command;
    }

    private static Task<int> RunAsync(ServerSettings settings, Func<RegistryAdmin, ServerOptions, Task<int>> work, CancellationToken cancellation) =>
        RunAsync(settings, (_, admin, server) => work(admin, server), cancellation);

    private static async Task<int> RunAsync(ServerSettings settings, Func<Database, RegistryAdmin, ServerOptions, Task<int>> work, CancellationToken cancellation)
    {
        if (!ServerOptions.TryCreate(settings, out var server, out var problem))
        {
            return SharedOptions.Fail(problem);
        }

        var options = server.ToRegistryOptions();
        try
        {
            await RegistryAdmin.PrepareAsync(options, TimeProvider.System, cancellation);
            using var database = RegistryAdmin.OpenDatabase(options, TimeProvider.System);
            return await work(database, new RegistryAdmin(database, options), server);
        }
        catch (Exception e) when (e is FileNotFoundException or InvalidDataException)
        {
            return SharedOptions.Fail(e.Message);
        }
        catch (DatabaseUnavailableException e) when (options.Database is not null)
        {
            return SharedOptions.Fail($"the database {PostgresAddress.Describe(options.Database)} {(e.IsTransient ? "does not answer" : "cannot be used")}: {(e.InnerException ?? e).Message}");
        }
        catch (InvalidOperationException e) when (options.Database is not null)
        {
            return SharedOptions.Fail(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException or DatabaseUnavailableException)
        {
            return SharedOptions.Fail($"the data directory '{options.DataDirectory}' cannot be used: {e.Message}");
        }
    }

    private static int Say(string line)
    {
        Console.Out.WriteLine(line);
        return 0;
    }
}
