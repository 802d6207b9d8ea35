using System.CommandLine;
using System.CommandLine.Help;
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
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
