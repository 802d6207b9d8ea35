using Kiln.Registry;
using Kiln.Registry.Data;

namespace Kiln.Server.Hosting;

/// <summary>What the terminal shows after a start. The first start makes an administrator and tells everything; later ones are short.</summary>
internal static class Banner
{
    public const string FirstUser = "admin";

    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(24);

    public static async Task WriteAsync(TextWriter output, ServerOptions options, IServiceProvider services, CancellationToken cancellation)
    {
        // Of several processes, one with the site greets the first administrator.
        var text = options.Roles.HasFlag(ServerRoles.Web) ? await GreetAsync(options, services, cancellation) : Short(options);
        await output.WriteAsync(text);
        await output.FlushAsync(cancellation);
    }

    /// <summary>A link to the page that asks before it signs the browser in.</summary>
    public static string LinkTo(Uri publicUrl, string secret) => new Uri(publicUrl, $"login/link?token={secret}").ToString();

    private static async Task<string> GreetAsync(ServerOptions options, IServiceProvider services, CancellationToken cancellation)
    {
        // A restore that was interrupted has users who are not back yet, and goes on only while the database is empty.
        var admin = services.GetRequiredService<RegistryAdmin>();
        return await services.GetRequiredService<ChangeGate>().IsClosedAsync(cancellation) || await admin.HasUsersAsync(cancellation)
            ? Short(options)
            : await FirstStartAsync(options, admin, cancellation);
    }

    private static async Task<string> FirstStartAsync(ServerOptions options, RegistryAdmin admin, CancellationToken cancellation)
    {
        var created = await admin.CreateUserAsync(FirstUser, isStaff: true, cancellation);
        if (created.Error is not null)
        {
            return Short(options); // another process was faster
        }

        var link = await admin.CreateSignInLinkAsync(created.Value.Login, LinkLifetime, cancellation);
        var jsr = options.PublicUrl.ToString().TrimEnd('/');
        return $"""

              Kiln is running at {options.PublicUrl}

              This is the first start. The administrator is "{FirstUser}"; sign in with this link, once, within 24 hours:
                {LinkTo(options.PublicUrl, link.Value)}

              Publish, in a folder with a deno.json or jsr.json:
                JSR_URL={jsr} deno publish

              Use it from Deno, which leaves versions of the last 24 hours alone unless told otherwise:
                JSR_URL={jsr} deno add --minimum-dependency-age=0 jsr:@scope/name

              Use it from npm, pnpm, yarn or bun: this line in .npmrc, then npm install @jsr/scope__name
                @jsr:registry={options.PublicUrl}npm/

              Everything is kept in {Places(options)}. Stop with Ctrl+C.


            """;
    }

    private static string Places(ServerOptions options) => string.Join(
        " and ",
        new[]
        {
            options.Database is null ? null : $"the database {PostgresAddress.Describe(options.Database)}",
            options.Storage is null ? null : "the object store",
            options.Database is null || options.Storage is null ? options.DataDirectory : null,
        }.OfType<string>());

    private static string Short(ServerOptions options) => $"""

          Kiln is running at {options.PublicUrl}{(options.Roles == ServerRoles.All ? "" : $" ({options.Roles.ToString().ToLowerInvariant()})")}
          Data: {Places(options)} · a new sign-in link: kiln admin user link NAME · stop with Ctrl+C


        """;
}
