namespace Kiln.Registry.Storage.S3;

/// <summary>Stored bytes are not those whose hash was stored with them: tampering, rot, or a server that shows half of a write.</summary>
internal sealed class ChecksumException(string message) : IOException(message);
