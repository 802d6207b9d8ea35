namespace Kiln.Analysis.Docs.Difference;

/// <summary>What has happened to an entry point, a symbol or a part of one.</summary>
public enum ChangeStatus : byte
{
    Added,
    Removed,
    Modified,

    /// <summary>The same under another name.</summary>
    Renamed,
}
