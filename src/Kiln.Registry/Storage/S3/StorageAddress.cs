using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Kiln.Registry.Storage.S3;

/// <summary>A parsed <c>s3://bucket?endpoint=…&amp;region=…&amp;prefix=…</c>. Keys are never part of it: addresses end up in process lists and logs.</summary>
/// <param name="Bucket">It must exist.</param>
/// <param name="Endpoint">Null for Amazon's own, chosen by region.</param>
/// <param name="Region">What requests are signed for.</param>
/// <param name="Prefix">Empty, or ends with a slash; every key starts with it.</param>
public sealed record StorageAddress(string Bucket, Uri? Endpoint, string Region, string Prefix)
{
    private const string DefaultRegion = "us-east-1";

    private static readonly SearchValues<char> BucketCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <param name="problem">One sentence that says what to write.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out StorageAddress? address, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = null;
        const string Form = "write s3://bucket, with ?endpoint=https://host:port for a server of your own";
        if (!text.StartsWith("s3://", StringComparison.Ordinal))
        {
            problem = $"'{text}' is not an s3:// address; {Form}.";
            return false;
        }

        var question = text.IndexOf('?', StringComparison.Ordinal);
        var bucket = (question < 0 ? text["s3://".Length..] : text["s3://".Length..question]).TrimEnd('/');
        if (bucket.Contains('@', StringComparison.Ordinal))
        {
            problem = "keys do not belong into the address; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";
            return false;
        }

        if (bucket.Length is < 3 or > 63 || bucket.AsSpan().ContainsAnyExcept(BucketCharacters) || !char.IsAsciiLetterOrDigit(bucket[0]) || !char.IsAsciiLetterOrDigit(bucket[^1]))
        {
            problem = $"'{bucket}' cannot be the name of a bucket (3 to 63 of a-z, 0-9, '-' and '.'); {Form}.";
            return false;
        }

        Uri? endpoint = null;
        string? region = null;
        var prefix = "";
        foreach (var pair in question < 0 ? [] : text[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (pair, "") : (pair[..equals], Uri.UnescapeDataString(pair[(equals + 1)..]));
            switch (name)
            {
                case "endpoint":
                    if (!Uri.TryCreate(value, UriKind.Absolute, out endpoint) || endpoint.Scheme is not ("http" or "https") || endpoint.AbsolutePath != "/" || endpoint.Query.Length > 0 || endpoint.UserInfo.Length > 0)
                    {
                        problem = $"endpoint '{value}' is not an http or https address without a path, for example https://s3.example.com:9000.";
                        return false;
                    }

                    break;
                case "region" when value.Length > 0:
                    region = value;
                    break;
                case "prefix":
                    prefix = value.Trim('/');
                    prefix = prefix.Length == 0 ? "" : prefix + "/";
                    if (prefix.Length > 0 && !ObjectKey.TryCreate(Storage.Bucket.Docs, prefix[..^1], out _))
                    {
                        problem = $"prefix '{value}' holds characters that no key may have.";
                        return false;
                    }

                    break;
                default:
                    problem = $"'{pair}' is not an option; there are endpoint, region and prefix.";
                    return false;
            }
        }

        region ??= Environment.GetEnvironmentVariable("AWS_REGION") is { Length: > 0 } ambient ? ambient : DefaultRegion;
        address = new StorageAddress(bucket, endpoint, region, prefix);
        problem = null;
        return true;
    }

    /// <summary>For people: no secret is in it.</summary>
    public override string ToString() => $"s3://{Bucket}{(Prefix.Length > 0 ? "/" + Prefix.TrimEnd('/') : "")}{(Endpoint is null ? $" in {Region}" : " at " + Endpoint.ToString().TrimEnd('/'))}";
}
