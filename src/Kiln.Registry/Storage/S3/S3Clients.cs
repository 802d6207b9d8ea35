using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Kiln.Registry.Storage.S3;

/// <summary>The SDK, set up for servers of all kinds: no retries of its own, no checksums or chunks that only Amazon understands.</summary>
internal static class S3Clients
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    public static AmazonS3Client Create(StorageAddress address)
    {
        var config = new AmazonS3Config
        {
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            ThrottleRetries = false,
            Timeout = TimeSpan.FromHours(1), // Calls bring their own.
            ConnectTimeout = ConnectTimeout,
            MaxConnectionsPerServer = 64,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (address.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = address.Region;
            config.ForcePathStyle = true;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(address.Region);
        }

        // Keys come from the environment, or from whatever else the SDK knows: profiles, the role of a machine.
        return new AmazonS3Client(config);
    }

    public static PutObjectRequest Put(string bucket, string name, Stream content) => new()
    {
        BucketName = bucket,
        Key = name,
        InputStream = content,
        AutoCloseStream = false,
        UseChunkEncoding = false,
    };
}
