namespace Kiln.Analysis.Docs.Model;

/// <summary>The modifiers of a constructor's parameter that is a property as well.</summary>
public sealed record DocParameterProperty(DocAccessibility Accessibility, bool IsOverride, bool IsReadonly);
