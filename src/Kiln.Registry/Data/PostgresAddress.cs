using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Npgsql;

namespace Kiln.Registry.Data;

/// <summary>
/// <c>postgres://user:password@host:port/name?sslmode=…</c> as a connection string. Known parameters: <c>sslmode</c>, <c>sslrootcert</c>, <c>host</c> (a folder with a Unix socket) and
/// <c>pool_size</c>. A password that is left out comes from <c>PGPASSWORD</c> or the file that <c>PGPASSFILE</c> names.
/// </summary>
public static class PostgresAddress
{
    /// <summary>Connections of one process, besides those for waiting and for exclusion.</summary>
    private const int DefaultPoolSize = 20;

    private const string Example = "write postgres://user:password@host:5432/name; in user and password every character but letters and digits as %xx";

    /// <param name="problem">One line without the password.</param>
    internal static bool TryParse(string address, [NotNullWhen(true)] out NpgsqlConnectionStringBuilder? settings, [NotNullWhen(false)] out string? problem)
    {
        settings = null;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql"))
        {
            problem = $"this is not the address of a PostgreSQL database; {Example}.";
            return false;
        }

        var name = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        var separator = uri.UserInfo.IndexOf(':', StringComparison.Ordinal);
        var user = Uri.UnescapeDataString(separator < 0 ? uri.UserInfo : uri.UserInfo[..separator]);
        if (name.Length == 0 || name.Contains('/', StringComparison.Ordinal) || user.Length == 0 || uri.Fragment.Length > 0)
        {
            problem = $"the address of the PostgreSQL database needs a user and the name of one database; {Example}.";
            return false;
        }

        settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Length == 0 ? "localhost" : uri.DnsSafeHost,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Username = user,
            Password = separator < 0 ? null : Uri.UnescapeDataString(uri.UserInfo[(separator + 1)..]),
            Database = name,
            ApplicationName = "kiln",
            MaxPoolSize = DefaultPoolSize,
            Timeout = 5,
            CommandTimeout = 35, // the server ends a statement first
            KeepAlive = 15,
            TcpKeepAlive = true,

            // A server that stops in the middle of a transaction, or forgets one, must not hold its locks for ever.
            Options = "-c statement_timeout=30s -c idle_in_transaction_session_timeout=30s -c lock_timeout=20s",
        };
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? pair : pair[..equals];
            if (!TrySet(settings, key, equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..])))
            {
                settings = null;
                problem = $"the parameter '{key}' is unknown or has no such value; known are sslmode (disable, allow, prefer, require, verify-ca, verify-full), sslrootcert, host and pool_size (4 to 500).";
                return false;
            }
        }

        problem = null;
        return true;
    }

    /// <exception cref="ArgumentException">The address is wrong; <see cref="RegistryOptions.Problems"/> would have said so.</exception>
    internal static NpgsqlConnectionStringBuilder Parse(string address) =>
        TryParse(address, out var settings, out var problem) ? settings : throw new ArgumentException("database: " + problem, nameof(address));

    /// <summary>Where the database is, without user and password, for messages.</summary>
    public static string Describe(string address) => TryParse(address, out var settings, out _) ? $"{settings.Host}:{settings.Port}/{settings.Database}" : "the database";

    private static bool TrySet(NpgsqlConnectionStringBuilder settings, string key, string value)
    {
        switch (key)
        {
            case "sslmode" when Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var mode) && char.IsAsciiLetter(value[0]):
                settings.SslMode = mode;
                return true;
            case "sslrootcert" when value.Length > 0:
                settings.RootCertificate = value;
                return true;
            case "host" when value.StartsWith('/'):
                settings.Host = value;
                return true;
            case "pool_size" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 4 and <= 500:
                settings.MaxPoolSize = size;
                return true;
            default:
                return false;
        }
    }
}
