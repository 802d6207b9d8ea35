namespace Kiln.Server.Web.Packages;

/// <param name="Size">Bytes; of a folder those of all files below it.</param>
public sealed record FileTreeEntry(string Name, bool IsFolder, long Size);
