namespace Kiln.Server.Tests.Gateway;

/// <summary>Where a server in front may differ from the gateway, one line a difference; docs/nginx.md has the same table.</summary>
/// <param name="HashTags">The entity tag is the SHA-256 of the content. nginx makes tags of time and length; S3 of MD5.</param>
/// <param name="NamesItself">There is a <c>Server</c> header.</param>
/// <param name="AnyEncoding"><c>Accept-Encoding: *</c> means gzip. nginx wants the name.</param>
/// <param name="TagDecidesAlone">With <c>If-None-Match</c> the date does not matter; <c>If-None-Match: *</c> and lists of tags are understood.</param>
/// <param name="TagOn304">A 304 repeats the tag. s3rver leaves it out.</param>
/// <param name="StrictLineEnds">A bare line feed is no line end.</param>
public sealed record FrontServer(bool HashTags, bool NamesItself, bool AnyEncoding, bool TagDecidesAlone, bool TagOn304, bool StrictLineEnds)
{
    public static FrontServer Kestrel { get; } = new(HashTags: true, NamesItself: false, AnyEncoding: true, TagDecidesAlone: true, TagOn304: true, StrictLineEnds: true);

    public static FrontServer NginxOnFolders { get; } = new(HashTags: false, NamesItself: true, AnyEncoding: false, TagDecidesAlone: true, TagOn304: true, StrictLineEnds: false);

    /// <summary>Conditions are the store's business then.</summary>
    public static FrontServer NginxOnBucket { get; } = new(HashTags: false, NamesItself: true, AnyEncoding: true, TagDecidesAlone: false, TagOn304: false, StrictLineEnds: false);
}
