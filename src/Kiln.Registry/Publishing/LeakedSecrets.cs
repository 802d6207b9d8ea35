using System.Buffers;
using System.Text;
using Kiln.Packages;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Publishing;

/// <summary>
/// Looks for secrets in what is about to become public for ever (security.md N6): tokens of the registry or another one of its kind, which their checksum tells from any other text, and an npm configuration with a credential. A token
/// of this registry that still works is deleted at once: who could read the working copy may have it already.
/// </summary>
public sealed class LeakedSecrets(Database database)
{
    private const int MostTokens = 1000;

    private static readonly SearchValues<byte> Base62 = SearchValues.Create(Encoding.ASCII.GetBytes(TokenFormat.Alphabet));
    private static readonly string[] NpmCredentials = ["_authToken", "_auth", "_password"];

    /// <param name="Token">Null for a credential that is none of ours.</param>
    /// <param name="Line">From 1.</param>
    internal readonly record struct Secret(string Path, int Line, string? Token);

    /// <summary>Null: none was found.</summary>
    internal async Task<PublishingTaskError?> FindProblemAsync(TaskStore.Row task, IReadOnlyList<PackageFile> files, CancellationToken cancellation)
    {
        var secrets = files.SelectMany(Find).Take(MostTokens).ToList();
        if (secrets.Count == 0)
        {
            return null;
        }

        var deleted = await database.FencedAsync(session => DeleteAsync(session, task, secrets), cancellation);
        var (path, line, token) = secrets[0];
        var what = token is null ? "a credential for npm" : $"an access token ({token[..8]}…)";
        var more = secrets.Count == 1 ? "" : $" There are {secrets.Count - 1} more.";
        var revoked = deleted switch { 0 => "", 1 => " One token that still worked has been revoked.", _ => $" {deleted} tokens that still worked have been revoked." };
        return new PublishingTaskError(PublishErrorCodes.SecretDetected, $"'{path}' has {what} in line {line}, which everybody could read.{more}{revoked} Nothing was published: take it out and publish again.");
    }

    /// <summary>In the order of the file. Lines are counted once for each secret, of which <see cref="MostTokens"/> are looked for.</summary>
    internal static IEnumerable<Secret> Find(PackageFile file)
    {
        if (file.Path.Value.EndsWith("/.npmrc", StringComparison.Ordinal) && LineOfNpmCredential(file.Content) is var line and > 0)
        {
            yield return new Secret(file.Path.Value, line, null);
        }

        for (var at = 0; NextToken(file.Content, ref at) is { } token;)
        {
            yield return new Secret(file.Path.Value, 1 + file.Content.AsSpan(0, at).Count((byte)'\n'), token);
        }
    }

    /// <param name="at">Where to look from; afterwards the end of the token.</param>
    private static string? NextToken(ReadOnlySpan<byte> content, ref int at)
    {
        while (content[at..].IndexOf("jsr"u8) is var found and >= 0)
        {
            at += found;
            var rest = content[at..];
            if (rest.Length >= TokenFormat.Length && rest[3] is (byte)'w' or (byte)'d' or (byte)'p' && rest[4] == '_' && !rest[5..TokenFormat.Length].ContainsAnyExcept(Base62)
                && (rest.Length == TokenFormat.Length || !Base62.Contains(rest[TokenFormat.Length])))
            {
                var token = Encoding.ASCII.GetString(rest[..TokenFormat.Length]);
                if (TokenFormat.HasValidChecksum(token))
                {
                    at += TokenFormat.Length;
                    return token;
                }
            }

            at += 3;
        }

        return null;
    }

    /// <summary>From 1; 0 when there is none. What names a variable of the environment gives nothing away.</summary>
    private static int LineOfNpmCredential(byte[] content)
    {
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(content).Split('\n'))
        {
            number++;
            var (key, value) = line.IndexOf('=', StringComparison.Ordinal) is var equals and > 0 ? (line[..equals].Trim(), line[(equals + 1)..].Trim().Trim('"', '\'')) : ("", "");
            var name = key[(key.LastIndexOf(':') + 1)..];
            if (value.Length > 0 && !value.StartsWith("${", StringComparison.Ordinal) && NpmCredentials.Contains(name, StringComparer.Ordinal))
            {
                return number;
            }
        }

        return 0;
    }

    private static async Task<int> DeleteAsync(Session session, TaskStore.Row task, IReadOnlyList<Secret> secrets)
    {
        var deleted = 0;
        foreach (var secret in secrets.Where(s => s.Token is not null).DistinctBy(s => s.Token, StringComparer.Ordinal))
        {
            if (await TokenStore.FindByHashAsync(session, TokenFormat.Hash(secret.Token!)) is not { } token || token.ExpiresAt < session.Now)
            {
                continue;
            }

            deleted += await TokenStore.DeleteAsync(session, token.UserId, token.Id);
            await AuditLog.AppendAsync(
                session, actor: null, sudo: false, "revoke_leaked_token",
                new { user_id = token.UserId, token_id = token.Id, scope = task.Scope, package = task.Name, version = task.Version, path = secret.Path, line = secret.Line });
        }

        return deleted;
    }
}
