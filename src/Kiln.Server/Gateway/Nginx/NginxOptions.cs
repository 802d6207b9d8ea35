using Kiln.Registry.Storage.S3;

namespace Kiln.Server.Gateway.Nginx;

/// <param name="DataDirectory">Absolute path of the folder with <c>objects</c>.</param>
/// <param name="Storage">The bucket to read from instead; anybody must be allowed to read it.</param>
/// <param name="PublicUrl">How clients reach nginx.</param>
/// <param name="Api">The server behind it, for everything that is no file.</param>
/// <param name="LargestBody">Of a request, in bytes.</param>
internal sealed record NginxOptions(string DataDirectory, StorageAddress? Storage, Uri PublicUrl, Uri Api, long LargestBody);
