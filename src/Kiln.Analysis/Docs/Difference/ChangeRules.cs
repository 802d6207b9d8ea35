using static Kiln.Analysis.Docs.Difference.ChangeSeverity;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>All rules. docs/diff.md has a section for each.</summary>
public static class ChangeRules
{
    public static readonly ChangeRule EntryRemoved = new("entry-removed", Major);
    public static readonly ChangeRule EntryAdded = new("entry-added", Minor);
    public static readonly ChangeRule SymbolRemoved = new("symbol-removed", Major);
    public static readonly ChangeRule SymbolRenamed = new("symbol-renamed", Major);
    public static readonly ChangeRule SymbolAdded = new("symbol-added", Minor);
    public static readonly ChangeRule KindChanged = new("kind-changed", Major);
    public static readonly ChangeRule DeclarationAdded = new("declaration-added", Minor);

    public static readonly ChangeRule TypeChanged = new("type-changed", Major);
    public static readonly ChangeRule ConstantValueChanged = new("constant-value-changed", Minor);
    public static readonly ChangeRule TypeParameterAdded = new("type-parameter-added", Major);
    public static readonly ChangeRule OptionalTypeParameterAdded = new("optional-type-parameter-added", Minor);
    public static readonly ChangeRule TypeParameterRemoved = new("type-parameter-removed", Major);
    public static readonly ChangeRule TypeParameterChanged = new("type-parameter-changed", Major);
    public static readonly ChangeRule TypeParameterDefaultAdded = new("type-parameter-default-added", Minor);

    public static readonly ChangeRule OverloadAdded = new("overload-added", Minor);
    public static readonly ChangeRule OverloadInserted = new("overload-inserted", Major);
    public static readonly ChangeRule OverloadToImplement = new("overload-to-implement", Major);
    public static readonly ChangeRule OverloadRemoved = new("overload-removed", Major);
    public static readonly ChangeRule OverloadsMerged = new("overloads-merged", Minor);
    public static readonly ChangeRule OverloadsReordered = new("overloads-reordered", Major);
    public static readonly ChangeRule ParameterAdded = new("parameter-added", Major);
    public static readonly ChangeRule OptionalParameterAdded = new("optional-parameter-added", Minor);
    public static readonly ChangeRule ParameterRemoved = new("parameter-removed", Major);
    public static readonly ChangeRule ParameterRequired = new("parameter-required", Major);
    public static readonly ChangeRule ParameterOptional = new("parameter-optional", Minor);
    public static readonly ChangeRule ParameterTypeChanged = new("parameter-type-changed", Major);
    public static readonly ChangeRule ParameterTypeWidened = new("parameter-type-widened", Minor);
    public static readonly ChangeRule ParameterToImplement = new("parameter-to-implement", Major);
    public static readonly ChangeRule ParameterRenamed = new("parameter-renamed", Patch);
    public static readonly ChangeRule ParameterDefaultChanged = new("parameter-default-changed", Patch);
    public static readonly ChangeRule ReturnTypeChanged = new("return-type-changed", Major);

    public static readonly ChangeRule AbstractAdded = new("abstract-added", Major);
    public static readonly ChangeRule AbstractRemoved = new("abstract-removed", Minor);
    public static readonly ChangeRule BaseClassChanged = new("base-class-changed", Major);
    public static readonly ChangeRule BaseClassAdded = new("base-class-added", Minor);
    public static readonly ChangeRule BaseTypeChanged = new("base-type-changed", Major);
    public static readonly ChangeRule ImplementsChanged = new("implements-changed", Patch);
    public static readonly ChangeRule ConstructorHidden = new("constructor-hidden", Major);
    public static readonly ChangeRule ConstructorOpened = new("constructor-opened", Minor);
    public static readonly ChangeRule ConstructorChanged = new("constructor-changed", Major);

    public static readonly ChangeRule MemberAdded = new("member-added", Minor);
    public static readonly ChangeRule MemberToImplement = new("member-to-implement", Major);
    public static readonly ChangeRule OptionalMemberAdded = new("optional-member-added", Minor);
    public static readonly ChangeRule MemberRemoved = new("member-removed", Major);
    public static readonly ChangeRule MemberRenamed = new("member-renamed", Major);
    public static readonly ChangeRule MemberKindChanged = new("member-kind-changed", Major);
    public static readonly ChangeRule MemberTypeChanged = new("member-type-changed", Major);
    public static readonly ChangeRule MemberOptional = new("member-optional", Major);
    public static readonly ChangeRule MemberRequired = new("member-required", Major);
    public static readonly ChangeRule MemberHidden = new("member-hidden", Major);
    public static readonly ChangeRule MemberOpened = new("member-opened", Minor);
    public static readonly ChangeRule ReadonlyAdded = new("readonly-added", Major);
    public static readonly ChangeRule ReadonlyRemoved = new("readonly-removed", Minor);
    public static readonly ChangeRule GetterRemoved = new("getter-removed", Major);
    public static readonly ChangeRule GetterAdded = new("getter-added", Minor);
    public static readonly ChangeRule IndexSignatureAdded = new("index-signature-added", Minor);
    public static readonly ChangeRule IndexSignatureToImplement = new("index-signature-to-implement", Major);
    public static readonly ChangeRule IndexSignatureRemoved = new("index-signature-removed", Major);

    public static readonly ChangeRule EnumMemberAdded = new("enum-member-added", Minor);
    public static readonly ChangeRule EnumMemberRemoved = new("enum-member-removed", Major);
    public static readonly ChangeRule EnumValueChanged = new("enum-value-changed", Major);

    public static readonly ChangeRule Deprecated = new("deprecated", Minor);
    public static readonly ChangeRule DeprecationRemoved = new("deprecation-removed", Patch);
    public static readonly ChangeRule DocumentationChanged = new("documentation-changed", Patch);
    public static readonly ChangeRule Internal = new("internal", Patch);

    /// <summary>In the order of the page that explains them.</summary>
    public static IReadOnlyList<ChangeRule> All { get; } =
    [
        EntryRemoved, EntryAdded, SymbolRemoved, SymbolRenamed, SymbolAdded, KindChanged, DeclarationAdded,
        TypeChanged, ConstantValueChanged, TypeParameterAdded, OptionalTypeParameterAdded, TypeParameterRemoved, TypeParameterChanged, TypeParameterDefaultAdded,
        OverloadAdded, OverloadInserted, OverloadToImplement, OverloadRemoved, OverloadsMerged, OverloadsReordered,
        ParameterAdded, OptionalParameterAdded, ParameterRemoved, ParameterRequired, ParameterOptional, ParameterTypeChanged, ParameterTypeWidened, ParameterToImplement,
        ParameterRenamed, ParameterDefaultChanged, ReturnTypeChanged,
        AbstractAdded, AbstractRemoved, BaseClassChanged, BaseClassAdded, BaseTypeChanged, ImplementsChanged, ConstructorHidden, ConstructorOpened, ConstructorChanged,
        MemberAdded, MemberToImplement, OptionalMemberAdded, MemberRemoved, MemberRenamed, MemberKindChanged, MemberTypeChanged, MemberOptional, MemberRequired, MemberHidden, MemberOpened,
        ReadonlyAdded, ReadonlyRemoved, GetterRemoved, GetterAdded, IndexSignatureAdded, IndexSignatureToImplement, IndexSignatureRemoved,
        EnumMemberAdded, EnumMemberRemoved, EnumValueChanged,
        Deprecated, DeprecationRemoved, DocumentationChanged, Internal,
    ];
}
