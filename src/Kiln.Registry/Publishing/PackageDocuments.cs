namespace Kiln.Registry.Publishing;

/// <summary>The documents of a package that change, as the database says they are.</summary>
/// <param name="Meta"><c>meta.json</c>.</param>
/// <param name="Packument">npm's document; its compressed twin holds the same.</param>
/// <param name="Install">The abbreviated form, likewise.</param>
/// <param name="Latest">The manifest of the latest version; null when npm shows none, and then there is no such object.</param>
internal sealed record PackageDocuments(byte[] Meta, byte[] Packument, byte[] Install, byte[]? Latest);
