using System.CommandLine;
using Kiln.Server.Commands;

var root = new RootCommand("kiln-server: a JavaScript and TypeScript registry") { ServeCommand.Create(), AdminCommand.Create() };
// The host handles SIGTERM and SIGINT itself: it finishes requests first.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
