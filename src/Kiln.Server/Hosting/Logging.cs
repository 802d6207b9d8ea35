using Microsoft.Extensions.Logging.Console;

namespace Kiln.Server.Hosting;

/// <summary>
/// Logs go to standard error; standard output belongs to the banner and to commands. One line for a person at a terminal, one JSON object per line for a machine
/// (which also keeps control characters of strangers out of anybody's terminal). The framework's own lines about requests are left out at every level: their addresses can hold codes.
/// </summary>
internal static class Logging
{
    public static void AddKilnLogging(this ILoggingBuilder logging, LogLevel level)
    {
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft", level > LogLevel.Debug ? LogLevel.Warning : level);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None); // also its scope, which has the path
        logging.AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning);
        if (level > LogLevel.Debug)
        {
            // Its scopes are printed nowhere, and merely being asked for them costs an activity for every request.
            logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        }

        // Keys on disk are as protected as the database beside them.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A start that fails is told in one line by the command.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        if (Console.IsErrorRedirected)
        {
            logging.AddJsonConsole(o =>
            {
                o.UseUtcTimestamp = true;
                o.IncludeScopes = true; // the request's id
                o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
        else
        {
            logging.AddSimpleConsole(o =>
            {
                o.SingleLine = true;
                o.TimestampFormat = "HH:mm:ss ";
            });
        }
    }

    /// <summary><c>KILN_LOG</c>: debug, information (the default), warning or error.</summary>
    public static LogLevel LevelFromEnvironment() =>
        Enum.TryParse<LogLevel>(Environment.GetEnvironmentVariable("KILN_LOG"), ignoreCase: true, out var level) ? level : LogLevel.Information;
}
