using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Kiln.Server.Commands;

// Not a RootCommand: that one is called after the file, and people call this one kiln.
var root = new Command("kiln", "A JavaScript and TypeScript registry that a team runs itself")
{
    ServeCommand.Create(),
    AdminCommand.Create(),
    FsckCommand.Create(),
    BackupCommand.Create(),
    RestoreCommand.Create(),
    NginxCommand.Create(),
    new HelpOption { Recursive = true },
    new VersionOption(),
};

// The host handles SIGTERM and SIGINT itself: it finishes requests first.
var arguments = root.Parse(args);
var code = await arguments.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

// 1 means that something is left to these; what cannot be read did not even look.
return arguments.Action is ParseErrorAction && arguments.CommandResult.Command.Name is FsckCommand.Name or BackupCommand.Name or RestoreCommand.Name ? FsckCommand.Unable : code;
