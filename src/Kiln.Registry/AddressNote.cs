using Kiln.Registry.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kiln.Registry;

/// <summary>Notes the address that this server's documents are made for, so that tools beside it make the same ones without being told.</summary>
internal sealed partial class AddressNote(Database database, RegistryOptions options, ILogger<AddressNote> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await database.ReadAsync(s => RegistryState.FindAsync<string>(s, RegistryState.PublicUrl), stoppingToken) != options.PublicUrl)
            {
                await database.ChangeAsync(
                    async session =>
                    {
                        await RegistryState.SetAsync(session, RegistryState.PublicUrl, options.PublicUrl);
                        return default(Done);
                    },
                    stoppingToken);
            }
        }
        catch (Exception e) when (e is System.Data.Common.DbException or DatabaseUnavailableException or OperationCanceledException)
        {
            LogFailed(e.Message); // Tools can be told the address.
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "the public address was not noted: {Problem}")]
    private partial void LogFailed(string problem);
}
