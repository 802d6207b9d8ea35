using System.CommandLine;
using Kiln.Cli;
using Kiln.Cli.Commands;

// serve and admin belong to the server; this process becomes it, so that signals, standard streams and the exit code are the server's own.
if (args is ["serve" or "admin", ..])
{
    return ServerProcess.Become(args);
}

var root = new RootCommand("kiln: a JavaScript and TypeScript registry that a team runs itself")
{
    ServerProcess.Describe("serve", "Run the registry: site, API, modules and npm on one address"),
    ServerProcess.Describe("admin", "Create users, tokens and sign-in links; works while the server runs"),
    CheckCommand.Create(),
    TranspileCommand.Create(),
};
return root.Parse(args.Length == 0 ? ["--help"] : args).Invoke();
