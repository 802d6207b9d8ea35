using System.Globalization;
using System.Net;
using System.Text;
using Kiln.Registry.Storage;

namespace Kiln.Server.Gateway.Nginx;

/// <summary>
/// The gateway as a configuration of nginx: the same addresses, types, cache policies, refusals and negotiation, written from the same tables. Files come from the folders
/// of the store or from a bucket that anybody may read; everything else goes to the server, when it lives.
/// </summary>
internal static class NginxConfiguration
{
    /// <summary>What an object key may be made of (<see cref="ObjectKey"/>). Anything else in a decoded path would reach the store's request line as it is.</summary>
    private const string KeyPath = @"^/[A-Za-z0-9$()+\-.@\[\]_{}~/]+$";

    private const string PackageName = "[a-z0-9_-]{4,100}";

    /// <summary>Where Debian, Ubuntu, Alpine, Arch and Fedora keep the certificates that their programs believe.</summary>
    internal const string CertificateAuthorities = "/etc/ssl/certs/ca-certificates.crt";

    public static string Write(NginxOptions options)
    {
        var text = new StringBuilder();
        text.Append(
            $$"""
            # Serves modules, metadata and npm packages of a Kiln registry; all else goes to the server behind it. Printed by: kiln nginx
            # Do not edit: the rules are the gateway's own. docs/nginx.md tells how to use it.
            worker_processes auto;

            events {
                worker_connections 4096;
            }

            http {
            {{Indent(Maps(), 1)}}

            {{Indent(Upstreams(options), 1)}}

                server {
                    listen {{Listen(options.PublicUrl)}};
                    server_name {{ServerName(options.PublicUrl)}};

                    server_tokens off;
                    access_log off;
                    merge_slashes off;
                    absolute_redirect off;
                    sendfile on;
                    tcp_nopush on;
                    etag on;
                    if_modified_since before;
                    max_ranges 0;
                    gzip off;
                    client_max_body_size {{options.LargestBody.ToString(CultureInfo.InvariantCulture)}};
                    large_client_header_buffers 4 16k;
                    root "{{options.DataDirectory}}/objects";
                    default_type {{ObjectPolicies.DefaultType}};

            {{Indent(Types(), 2)}}

                    # What nginx itself refuses before it knows an address. Every location has headers of its own.
                    add_header Cache-Control {{GatewayHeaders.NoStore}} always;
                    add_header X-Content-Type-Options nosniff always;

                    error_page 422 = @bad_request;
                    if ($kiln_ambiguous) {
                        return 422;
                    }

            {{Indent(Modules(options), 2)}}

            {{Indent(Npm(options), 2)}}

            {{Indent(Rest(), 2)}}

            {{Indent(Answers(), 2)}}
                }
            }

            """);
        return text.ToString();
    }

    private static string Maps()
    {
        var agents = string.Join("\n", Negotiation.BotAgents.Select(a => $"    {Quoted("~*^\\s*" + Escape(a))} 1;"));
        return
            $$"""
            # Targets that nginx and another server could read differently. The check is on the bytes that were sent.
            map $request_uri $kiln_ambiguous {
                default 0;
                "~^[^?#]*(//|\\\\)" 1;
                "~*^[^?#]*(%5c|%2e|%00)" 1;
                "~^[^?#]*/\.\.?([/?#]|$)" 1;
                "~*^/(@|%40|npm)[^?#]*%25" 1;
            }

            # An encoded slash names no object, except the one that npm clients send inside a scoped name.
            map $request_uri $kiln_encoded_slash {
                default 0;
                "~*^/npm/(@|%40)jsr%2f(?![^?#]*%2f)" 0;
                "~*^[^?#]*%2f" 1;
            }

            # A path that no object can have.
            map $uri $kiln_no_key {
                default 1;
                {{Quoted("~" + KeyPath)}} 0;
            }

            # Raw bytes or a page? Files are written by strangers: no navigation, frame, script or style request may receive one.
            map $http_from $kiln_bot_sender {
                default 0;
                {{Quoted("~*^\\s*" + Escape(Negotiation.BotSender))}} 1;
            }

            map $http_user_agent $kiln_bot_agent {
                default 0;
            {{agents}}
            }

            map $http_accept $kiln_wants_page {
                default 0;
                "~*^\s*text/html" 1;
            }

            map "$http_sec_fetch_dest|$http_sec_fetch_site" $kiln_navigates {
                default 1;
                "~^(empty)?\|" 0;
                "image|same-origin" 0;
                "video|same-origin" 0;
            }

            map "$kiln_bot_sender$kiln_bot_agent$kiln_wants_page$kiln_navigates" $kiln_page {
                default 1;
                "0000" 0;
            }

            map $request_method $kiln_reads {
                default 0;
                GET 1;
                HEAD 1;
            }

            map $uri $kiln_module_cache {
                default "{{ObjectPolicies.Immutable}}";
                "~^(/modules)?/@[^/]+/[^/]+/meta\.json$" "{{ObjectPolicies.Manifest}}"; # try_files puts the folder before it
            }

            # Packuments come full or abbreviated, compressed or not.
            map $http_accept $kiln_form {
                default "";
                "~*{{Escape(ObjectPolicies.AbbreviatedPackument)}}" ".install";
            }

            map $http_accept_encoding $kiln_gzip {
                default "";
                "~*(^|,)\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*(,|$))[^,]*)?\s*(,|$)" ".json.gz";
            }

            # S3 reads a plus sign in a path as a space.
            map $uri $kiln_plus1 {
                default $uri;
                "~^(?<kiln_a1>[^+]*)\+(?<kiln_b1>.*)$" "$kiln_a1%2B$kiln_b1";
            }

            map $kiln_plus1 $kiln_plus2 {
                default $kiln_plus1;
                "~^(?<kiln_a2>[^+]*)\+(?<kiln_b2>.*)$" "$kiln_a2%2B$kiln_b2";
            }

            map $kiln_plus2 $kiln_store_path {
                default $kiln_plus2;
                "~^(?<kiln_a3>[^+]*)\+(?<kiln_b3>.*)$" "$kiln_a3%2B$kiln_b3";
            }

            map $kiln_store_path $kiln_npm_path {
                default "";
                "~^/npm(?<kiln_below>/.*)$" $kiln_below;
            }
            """;
    }

    private static string Upstreams(NginxOptions options)
    {
        var api =
            $$"""
            upstream kiln_api {
                server {{Authority(options.Api)}};
                keepalive 32;
            }
            """;
        return options.Storage is not { } storage
            ? api
            : api + "\n\n" +
                $$"""
                upstream kiln_store {
                    server {{Authority(StoreUrl(storage))}};
                    keepalive 64;
                }
                """;
    }

    private static string Types()
    {
        var lines = ObjectPolicies.ContentTypes.GroupBy(p => p.Value, p => p.Key, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"    {(g.Key.Contains(' ', StringComparison.Ordinal) ? Quoted(g.Key) : g.Key)} {string.Join(' ', g.Order(StringComparer.Ordinal))};");
        return "types {\n" + string.Join('\n', lines) + "\n}";
    }

    private static string Modules(NginxOptions options) =>
        $$"""
        location ~ "^/@[^/]+/[^/]+/(meta\.json$|[0-9][^/]*(_meta\.json$|/))" {
            error_page 404 = @no_module;
            error_page 418 = @server;
            error_page 419 = @preflight_module;
            if ($request_method = OPTIONS) {
                return 419;
            }

            if ($kiln_reads = 0) {
                return 418;
            }

            if ($kiln_page) {
                return 418;
            }

            if ($kiln_encoded_slash) {
                return 404;
            }

            if ($kiln_no_key) {
                return 404;
            }

            if ($uri ~ "/$") {
                return 404;
            }

        {{Indent(Headers(GatewayHeaders.Modules, GatewayHeaders.ModulesVary), 1)}}
        {{Indent(
            options.Storage is null
                ? """
                  add_header Cache-Control $kiln_module_cache;
                  try_files "/modules$uri" =404;
                  """
                : FromStore(options, "modules$kiln_store_path", "404", "@no_module", "@store_away_module"),
            1)}}
        }
        """;

    private static string Npm(NginxOptions options)
    {
        const string Gate =
            """
            error_page 404 = @no_package;
            error_page 418 = @install_packument;
            error_page 419 = @preflight_npm;
            error_page 421 = @not_allowed;
            if ($request_method = OPTIONS) {
                return 419;
            }

            if ($kiln_encoded_slash) {
                return 404;
            }

            if ($kiln_reads = 0) {
                return 421;
            }

            """;
        var headers = Headers(GatewayHeaders.Npm, GatewayHeaders.NpmVary);
        string Files(string cache, string files) => options.Storage is null
            ? $"""
              add_header Cache-Control "{cache}";
              gzip_static on;
              gzip_proxied any;
              try_files {files};
              """
            : "";
        string Bucket(string key) => options.Storage is null ? "" : FromStore(options, key, "404", "@no_package", "@store_away_npm");

        var packument = options.Storage is null
            ? $$"""
              location ~ "^/npm/@jsr/(?<kiln_name>{{PackageName}})$" {
              {{Indent(Gate, 1)}}

                  if ($kiln_form) {
                      return 418;
                  }

              {{Indent(headers, 1)}}
              {{Indent(Files(ObjectPolicies.Manifest, "\"/npm/@jsr/$kiln_name.json\" =404"), 1)}}
              }

              location @install_packument {
                  types {
                  }
                  default_type {{ObjectPolicies.AbbreviatedPackument}};
                  error_page 404 = @no_package;
              {{Indent(headers, 1)}}
              {{Indent(Files(ObjectPolicies.Manifest, $"\"/npm/@jsr/$kiln_name{ObjectKeys.InstallSuffix}.json\" =404"), 1)}}
              }
              """
            : $$"""
              location ~ "^/npm/@jsr/(?<kiln_name>{{PackageName}})$" {
              {{Indent(Gate, 1)}}

              {{Indent(headers, 1)}}
              {{Indent(Bucket("npm/@jsr/$kiln_name$kiln_form$kiln_gzip"), 1)}}
              }
              """;
        return
            $$"""
            location ~ "^/npm(|/|/-/ping)$" {
            {{Indent(Gate, 1)}}

            {{Indent(headers, 1)}}
                add_header Cache-Control "{{GatewayTexts.RootCache}}";
                types {
                }
                default_type application/json;
                return 200 '{}';
            }

            {{packument}}

            location ~ "^/npm/@jsr/(?<kiln_name>{{PackageName}})/latest$" {
            {{Indent(Gate, 1)}}

            {{Indent(headers, 1)}}
            {{Indent(options.Storage is null ? Files(ObjectPolicies.Manifest, $"\"/npm/@jsr/$kiln_name{ObjectKeys.LatestSuffix}.json\" =404").Replace("gzip_static on;\ngzip_proxied any;\n", "", StringComparison.Ordinal) : Bucket($"npm/@jsr/$kiln_name{ObjectKeys.LatestSuffix}"), 1)}}
            }

            location ~ "^/npm/@jsr/(?<kiln_name>{{PackageName}})/-/(?<kiln_file>\k<kiln_name>-[A-Za-z0-9.+-]+\.tgz)$" {
            {{Indent(Gate, 1)}}

            {{Indent(headers, 1)}}
            {{Indent(
                options.Storage is null
                    ? $"""
                      add_header Cache-Control "{ObjectPolicies.Immutable}";
                      try_files "/npm/@jsr/$kiln_name/-/$kiln_file" =404;
                      """
                    : Bucket("npm$kiln_npm_path"),
                1)}}
            }

            location ~ "^/npm(/|$)" {
                error_page 419 = @preflight_npm;
                error_page 404 = @no_package;
                if ($request_method = OPTIONS) {
                    return 419;
                }

                return 404;
            }
            """;
    }

    /// <summary>From a bucket that anybody may read: nothing of the client but its conditions is passed on, neither cookies nor keys.</summary>
    private static string FromStore(NginxOptions options, string key, string missing, string notFound, string away)
    {
        var storage = options.Storage!;
        var store = StoreUrl(storage);
        var bucket = storage.Endpoint is null ? "" : storage.Bucket + "/";
        var secure = store.Scheme == Uri.UriSchemeHttps // nginx believes any certificate unless it is told not to.
            ? $"""
              proxy_ssl_server_name on;
              proxy_ssl_name {store.Host};
              proxy_ssl_verify on;
              proxy_ssl_verify_depth 4;
              proxy_ssl_trusted_certificate {CertificateAuthorities};

              """
            : "";
        return
            $"""
            proxy_http_version 1.1;
            proxy_pass_request_headers off;
            proxy_pass_request_body off;
            proxy_set_header Connection "";
            proxy_set_header Host {Authority(store, withDefaultPort: false)};
            proxy_set_header If-None-Match $http_if_none_match;
            proxy_set_header If-Modified-Since $http_if_modified_since;
            proxy_hide_header Accept-Ranges;
            proxy_hide_header Vary;
            proxy_hide_header x-amz-meta-{"sha256"};
            proxy_hide_header x-amz-meta-{"generation"};
            proxy_hide_header x-amz-request-id;
            proxy_hide_header x-amz-id-2;
            proxy_connect_timeout 2s;
            proxy_read_timeout 10s;
            proxy_intercept_errors on;
            error_page {missing} 403 = {notFound};
            error_page 400 500 502 503 504 = {away};
            {secure}proxy_pass {store.Scheme}://kiln_store/{bucket}{storage.Prefix}{key};
            """;
    }

    private static string Rest() =>
        $$"""
        location / {
            try_files /.nothing @server;
        }

        location @server {
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_request_buffering off;
            proxy_connect_timeout 2s;
            proxy_read_timeout 60s;
            error_page 502 504 = @server_away;
            add_header Cache-Control ""; # Nothing is added to what the server says.
            proxy_pass {{"http"}}://kiln_api;
        }
        """;

    private static string Answers()
    {
        var modules = Headers(GatewayHeaders.Modules, GatewayHeaders.ModulesVary);
        var npm = Headers(GatewayHeaders.Npm, GatewayHeaders.NpmVary);
        return string.Join(
            "\n\n",
            Answer("bad_request", modules, GatewayTexts.PlainText, 400, GatewayTexts.BadRequestBody),
            Answer("no_module", modules, GatewayTexts.PlainText, 404, GatewayTexts.NotFoundBody),
            Answer("no_package", npm, "application/json", 404, GatewayTexts.NpmNotFoundBody),
            Answer("not_allowed", npm + $"\nadd_header Allow \"{GatewayMiddleware.ModuleMethods}\" always;", "application/json", 405, GatewayTexts.NpmNotAllowedBody),
            Answer("store_away_module", modules + "\nadd_header Retry-After 2 always;", GatewayTexts.PlainText, 503, GatewayTexts.UnavailableBody),
            Answer("store_away_npm", npm + "\nadd_header Retry-After 2 always;", "application/json", 503, GatewayTexts.NpmUnavailableBody),
            Answer("server_away", "add_header X-JSR-Backend api always;\nadd_header X-Content-Type-Options nosniff always;\nadd_header Retry-After 5 always;", "application/json", 503, """{"code":"serviceUnavailable","message":"The registry's server is away; installing goes on."}"""),
            Preflight("preflight_module", GatewayMiddleware.ModuleHeaders),
            Preflight("preflight_npm", GatewayMiddleware.NpmHeaders));
    }

    private static string Answer(string name, string headers, string type, int status, string body) =>
        $$"""
        location @{{name}} {
        {{Indent(headers, 1)}}
            add_header Cache-Control {{GatewayHeaders.NoStore}} always;
            types {
            }
            default_type "{{type}}";
            return {{status.ToString(CultureInfo.InvariantCulture)}} {{Quoted(body)}};
        }
        """;

    private static string Preflight(string name, string allowed) =>
        $$"""
        location @{{name}} {
            add_header Access-Control-Allow-Origin * always;
            add_header Access-Control-Max-Age 3600 always;
            add_header Access-Control-Allow-Methods "{{GatewayMiddleware.ModuleMethods}}" always;
            add_header Access-Control-Allow-Headers "{{allowed}}" always;
            add_header Allow "{{GatewayMiddleware.ModuleMethods}}, OPTIONS" always;
            add_header Vary Origin always;
            return 204;
        }
        """;

    private static string Headers(string backend, string vary)
    {
        var headers = new HeaderDictionary();
        GatewayHeaders.Apply(headers, backend);
        headers["Vary"] = vary;
        return string.Join('\n', headers.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"add_header {h.Key} {Quoted(h.Value.ToString())} always;"));
    }

    /// <summary>Amazon's own buckets have hosts of their own; others are a path on theirs.</summary>
    private static Uri StoreUrl(Registry.Storage.S3.StorageAddress storage) =>
        storage.Endpoint ?? new Uri($"https://{storage.Bucket}.s3.{storage.Region}.amazonaws.com/");

    private static string Authority(Uri address, bool withDefaultPort = true) =>
        withDefaultPort || !address.IsDefaultPort ? $"{address.Host}:{address.Port.ToString(CultureInfo.InvariantCulture)}" : address.Host;

    private static string Listen(Uri publicUrl)
    {
        var port = publicUrl.Scheme == Uri.UriSchemeHttps ? 80 : publicUrl.Port; // TLS is added by hand, or ends before.
        return publicUrl.HostNameType is UriHostNameType.IPv4 && IPAddress.TryParse(publicUrl.Host, out var ip)
            ? $"{ip}:{port.ToString(CultureInfo.InvariantCulture)}"
            : port.ToString(CultureInfo.InvariantCulture);
    }

    private static string ServerName(Uri publicUrl) => publicUrl.HostNameType == UriHostNameType.Dns ? publicUrl.Host : "_";

    private static string Escape(string literal) => System.Text.RegularExpressions.Regex.Escape(literal).Replace("\\ ", " ", StringComparison.Ordinal);

    /// <summary>In the quotes that the text does not hold. No text of ours holds a variable or a backslash that nginx would take for itself.</summary>
    private static string Quoted(string text) => text.Contains('"', StringComparison.Ordinal)
        ? text.Contains('\'', StringComparison.Ordinal) ? "'" + text.Replace("'", "\\'", StringComparison.Ordinal) + "'" : "'" + text + "'"
        : "\"" + text + "\"";

    private static string Indent(string text, int levels)
    {
        var space = new string(' ', levels * 4);
        return string.Join('\n', text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? line : space + line));
    }
}
