using System.CommandLine;
using System.CommandLine.Help;
using Kiln.Cli;
using Kiln.Cli.Commands;

// What looks after a registry belongs to the server; this process becomes it, so that signals, standard streams and the exit code are the server's own.
if (args is ["serve" or "admin" or "fsck" or "backup" or "restore" or "nginx", ..])
{
    return ServerProcess.Become(args);
}

// Not a RootCommand: that one is called after the file, and people call this one kiln.
var root = new Command("kiln", "A JavaScript and TypeScript registry that a team runs itself")
{
    ServerProcess.Describe("serve", "Run the registry: site, API, modules and npm on one address"),
    ServerProcess.Describe("admin", "Create users, tokens and sign-in links; works while the server runs"),
    ServerProcess.Describe("fsck", "Check that the database and the store agree, byte for byte; works while the server runs"),
    ServerProcess.Describe("backup", "Copy a registry to a folder or a bucket; works while the server runs"),
    ServerProcess.Describe("restore", "Make a registry from a backup, or put lost files back"),
    ServerProcess.Describe("nginx", "Print an nginx configuration that serves modules and npm packages without the server"),
    CheckCommand.Create(),
    TranspileCommand.Create(),
    DeclarationsCommand.Create(),
    DocCommand.Create(),
    PackCommand.Create(),
    ScoreCommand.Create(),
    DiffCommand.Create(),
    new HelpOption { Recursive = true },
    new VersionOption(),
};

// A leading @ is part of a name here (@scope/name), not a file of arguments.
var command = root.Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
var code = await command.InvokeAsync();

// 1 is what a check that found something says.
return command.Errors.Count > 0 ? 2 : code;
