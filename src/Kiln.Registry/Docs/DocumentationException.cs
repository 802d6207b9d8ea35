namespace Kiln.Registry.Docs;

/// <summary>A version that cannot be documented. The message is shown to people.</summary>
public sealed class DocumentationException(string message) : Exception(message);
