using Kiln.Documentation.Html;

namespace Kiln.Server.Web.Packages;

/// <summary>A file as a page shows it.</summary>
/// <param name="Length">Bytes of the file.</param>
/// <param name="Html">Empty unless it is text.</param>
/// <param name="Lines">0 unless it is text.</param>
public sealed record SourceView(long Length, SourceKind Kind, TrustedHtml Html, int Lines);
