using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Order, repetition, combination and place of modifiers and decorators.</content>
internal sealed partial class GrammarVisitor
{
    private const ModifierFlags Accessibility = ModifierFlags.Public | ModifierFlags.Private | ModifierFlags.Protected;

    /// <summary>What the declaration whose modifiers are checked is and where it stands.</summary>
    /// <param name="Node">Errors about the whole declaration are reported at its name, or here.</param>
    /// <param name="Name">Null when it has none.</param>
    /// <param name="Kind">Differs from the node's own for <see cref="SyntaxKind.None"/>: a property of an object literal.</param>
    /// <param name="Variables">For a variable statement.</param>
    /// <param name="TypeParameterOwner">For a type parameter.</param>
    /// <param name="HasBody">For a method or accessor.</param>
    private readonly record struct ModifierSite(
        Node Node, Node? Name, SyntaxKind Kind, VariableKind Variables = VariableKind.Var, TypeParameterOwner TypeParameterOwner = TypeParameterOwner.Type, bool HasBody = true);

    /// <summary>True when something was reported: TypeScript then leaves out most other checks of the declaration.</summary>
    private bool CheckModifiers(Modifiers modifiers, in ModifierSite site) => modifiers != Modifiers.None && CheckModifiersCore(modifiers, site);

    private bool CheckModifiersCore(Modifiers modifiers, in ModifierSite site)
    {
        if (modifiers.Decorators.Length > 0 && !CanCarryDecorators(site.Kind))
        {
            return ReportToken(DiagnosticCodes.DecoratorNotHere, modifiers.Decorators[0].Start);
        }

        var reader = new ModifierReader(text, modifiers);
        if (modifiers.Flags != 0 && FindStrayModifier(reader, site.Kind) is var stray && stray >= 0)
        {
            return ReportToken(DiagnosticCodes.ModifierNotAllowedHere, stray);
        }

        var seen = ModifierFlags.None;
        var starts = new ModifierStarts();
        while (reader.MoveNext())
        {
            if (reader.Decorator is { } decorator)
            {
                if (CheckDecoratorPlace(decorator, seen, ref starts, modifiers, site))
                {
                    return true;
                }

                continue;
            }

            if (CheckModifier(reader, seen, starts, site))
            {
                return true;
            }

            seen |= reader.Current;
            starts.Note(reader.Current, reader.Start);
        }

        return CheckModifierSet(seen, starts, site);
    }

    /// <summary>Where the modifiers that later errors point at stand.</summary>
    private struct ModifierStarts
    {
        public ModifierStarts()
        {
        }

        public int Static { get; private set; } = -1;

        public int Override { get; private set; } = -1;

        public int Async { get; private set; } = -1;

        public int Declare { get; private set; } = -1;

        public Decorator? FirstDecorator { get; set; }

        /// <summary>A decorator stands before every keyword.</summary>
        public bool LeadingDecorators { get; set; }

        public bool ExportBeforeDecorators { get; set; }

        public void Note(ModifierFlags flag, int start)
        {
            switch (flag)
            {
                case ModifierFlags.Static: Static = start; break;
                case ModifierFlags.Override: Override = start; break;
                case ModifierFlags.Async: Async = start; break;
                case ModifierFlags.Declare: Declare = start; break;
            }
        }
    }

    private static bool CanCarryDecorators(SyntaxKind kind) => kind is SyntaxKind.ClassDeclaration or SyntaxKind.ClassExpression or SyntaxKind.PropertyDeclaration
        or SyntaxKind.MethodDeclaration or SyntaxKind.GetAccessor or SyntaxKind.SetAccessor or SyntaxKind.Parameter;

    /// <summary>The offset of a modifier that cannot stand on such a declaration in such a place at all; negative when there is none.</summary>
    private int FindStrayModifier(ModifierReader reader, SyntaxKind kind)
    {
        ModifierFlags allowed;
        switch (kind)
        {
            case SyntaxKind.ClassStaticBlock:
            case SyntaxKind.NamespaceExportDeclaration:
                allowed = ModifierFlags.None;
                break;
            case SyntaxKind.FunctionDeclaration when !IsAtModuleLevel:
                allowed = ModifierFlags.Async;
                break;
            case SyntaxKind.ClassDeclaration when !IsAtModuleLevel:
            case SyntaxKind.ConstructorType:
                allowed = ModifierFlags.Abstract;
                break;
            case SyntaxKind.EnumDeclaration when !IsAtModuleLevel:
                allowed = ModifierFlags.Const;
                break;
            case SyntaxKind.InterfaceDeclaration or SyntaxKind.TypeAliasDeclaration or SyntaxKind.VariableStatement when !IsAtModuleLevel:
            case SyntaxKind.ClassExpression:
                allowed = ModifierFlags.None;
                break;
            default:
                return -1;
        }

        return reader.MoveToWord() && (reader.Current & allowed) == 0 ? reader.Start : -1;
    }

    /// <summary>
    /// TypeScript has two rule sets for decorators, chosen by an option. What only one of them refuses is accepted: parameters, class expressions,
    /// abstract and private members.
    /// </summary>
    private bool CheckDecoratorPlace(Decorator decorator, ModifierFlags seen, ref ModifierStarts starts, Modifiers modifiers, in ModifierSite site)
    {
        var isValid = site.Kind switch
        {
            SyntaxKind.PropertyDeclaration => memberOwner == MemberOwner.Class
                || (memberOwner == MemberOwner.ClassExpression && !modifiers.Has(ModifierFlags.Abstract | ModifierFlags.Declare)),
            SyntaxKind.MethodDeclaration or SyntaxKind.GetAccessor or SyntaxKind.SetAccessor => site.HasBody && memberOwner is MemberOwner.Class or MemberOwner.ClassExpression,
            SyntaxKind.Parameter => parametersMayBeDecorated,
            _ => true,
        };
        if (!isValid)
        {
            return site.Kind == SyntaxKind.MethodDeclaration && !site.HasBody
                ? ReportToken(DiagnosticCodes.DecoratedOverload, site.Node.Start)
                : ReportToken(DiagnosticCodes.DecoratorNotHere, site.Node.Start);
        }

        if ((seen & ~(ModifierFlags.Export | ModifierFlags.Default)) != 0)
        {
            return Report(DiagnosticCodes.DecoratorNotHere, decorator);
        }

        if (starts.LeadingDecorators && seen != 0)
        {
            return Report(DiagnosticCodes.DecoratorBeforeAndAfterExport, decorator);
        }

        starts.LeadingDecorators |= seen == 0;
        starts.ExportBeforeDecorators |= (seen & ModifierFlags.Export) != 0;
        starts.FirstDecorator ??= decorator;
        return false;
    }

    private bool CheckModifier(in ModifierReader reader, ModifierFlags seen, in ModifierStarts starts, in ModifierSite site)
    {
        var modifier = reader.Current;
        var word = ModifierReader.TextOf(modifier);
        if (modifier != ModifierFlags.Readonly)
        {
            if (site.Kind is SyntaxKind.PropertySignature or SyntaxKind.MethodSignature)
            {
                return ReportToken(DiagnosticCodes.ModifierNotOnTypeMember, reader.Start, word);
            }

            if (site.Kind == SyntaxKind.IndexSignature && !(modifier == ModifierFlags.Static && IsInClass))
            {
                return ReportToken(DiagnosticCodes.ModifierNotOnIndexSignature, reader.Start, word);
            }
        }

        if (site.Kind == SyntaxKind.TypeParameter && (modifier & (ModifierFlags.In | ModifierFlags.Out | ModifierFlags.Const)) == 0)
        {
            return ReportToken(DiagnosticCodes.ModifierNotOnTypeParameter, reader.Start, word);
        }

        var code = ModifierConflicts.Find(modifier, seen, placeIsRight: false, out var conflicting);
        if (code == 0 && CheckModifierPlace(modifier, word, reader.Start, seen, starts, site))
        {
            return true;
        }

        if (code == 0)
        {
            code = ModifierConflicts.Find(modifier, seen, placeIsRight: true, out conflicting);
        }

        if (code == 0)
        {
            return modifier switch
            {
                _ when !IsInClass || site.Name is not PrivateIdentifier => false,
                ModifierFlags.Public or ModifierFlags.Private or ModifierFlags.Protected => ReportToken(DiagnosticCodes.AccessibilityOnPrivateName, reader.Start),
                ModifierFlags.Declare or ModifierFlags.Abstract => ReportToken(DiagnosticCodes.ModifierOnPrivateName, reader.Start, word),
                _ => false,
            };
        }

        var other = ModifierReader.TextOf(conflicting);
        switch (code)
        {
            case DiagnosticCodes.ModifierNotInAmbientContext:
                return ReportToken(code, reader.Start, other);
            case DiagnosticCodes.ModifierNotWithModifier when modifier == ModifierFlags.Abstract:
                return ReportToken(code, conflicting == ModifierFlags.Async ? starts.Async : reader.Start, other, word);
            default:
                return ReportToken(code, reader.Start, word, other);
        }
    }

    /// <summary>May this modifier stand on such a declaration in such a place?</summary>
    private bool CheckModifierPlace(ModifierFlags modifier, string word, int start, ModifierFlags seen, in ModifierStarts starts, in ModifierSite site)
    {
        var isParameter = site.Kind == SyntaxKind.Parameter;
        switch (modifier)
        {
            case ModifierFlags.Public or ModifierFlags.Private or ModifierFlags.Protected:
                return IsStatement(site.Kind) && IsAtModuleLevel && ReportToken(DiagnosticCodes.ModifierNotOnModuleElement, start, word);
            case ModifierFlags.Static:
                return IsStatement(site.Kind) && IsAtModuleLevel ? ReportToken(DiagnosticCodes.ModifierNotOnModuleElement, start, word)
                    : isParameter && ReportToken(DiagnosticCodes.ModifierNotOnParameter, start, word);
            case ModifierFlags.Accessor:
                return site.Kind != SyntaxKind.PropertyDeclaration && ReportToken(DiagnosticCodes.AccessorPlace, start);
            case ModifierFlags.Readonly:
                return site.Kind is not (SyntaxKind.PropertyDeclaration or SyntaxKind.PropertySignature or SyntaxKind.IndexSignature or SyntaxKind.Parameter)
                    && ReportToken(DiagnosticCodes.ReadonlyPlace, start);
            case ModifierFlags.Export:
                return IsInClass && IsMember(site.Kind) ? ReportToken(DiagnosticCodes.ModifierNotOnClassElement, start, word)
                    : isParameter ? ReportToken(DiagnosticCodes.ModifierNotOnParameter, start, word)
                    : ReportOnUsing(word, start, site.Variables);
            case ModifierFlags.Default:
                return CheckDefaultModifier(word, start, seen, starts, site);
            case ModifierFlags.Declare:
                return CheckDeclareModifier(word, start, site);
            case ModifierFlags.Abstract:
                return CheckAbstractModifier(start, site);
            case ModifierFlags.Async:
                return (seen & ModifierFlags.Declare) != 0 || ambient ? ReportToken(DiagnosticCodes.ModifierNotInAmbientContext, start, word)
                    : isParameter && ReportToken(DiagnosticCodes.ModifierNotOnParameter, start, word);
            case ModifierFlags.Const:
                if (site.Kind is not (SyntaxKind.EnumDeclaration or SyntaxKind.TypeParameter))
                {
                    return Report(DiagnosticCodes.ClassMemberKeyword, site.Name ?? site.Node, word);
                }

                return site.Kind == SyntaxKind.TypeParameter && site.TypeParameterOwner is not (TypeParameterOwner.Function or TypeParameterOwner.Class)
                    && ReportToken(DiagnosticCodes.ConstTypeParameterPlace, start, word);
            case ModifierFlags.In or ModifierFlags.Out:
                return (site.Kind != SyntaxKind.TypeParameter || site.TypeParameterOwner is not (TypeParameterOwner.InterfaceOrAlias or TypeParameterOwner.Class))
                    && ReportToken(DiagnosticCodes.VarianceModifierPlace, start, word);
            default:
                return false;
        }
    }

    private bool CheckDefaultModifier(string word, int start, ModifierFlags seen, in ModifierStarts starts, in ModifierSite site)
    {
        if (place == StatementPlace.Module && !IsAmbientModule(module!))
        {
            return ReportToken(DiagnosticCodes.DefaultExportInNamespace, start);
        }

        return ReportOnUsing(word, start, site.Variables)
            || ((seen & ModifierFlags.Export) == 0 && ReportToken(DiagnosticCodes.ModifierMustPrecede, start, "export", word))
            || (starts.ExportBeforeDecorators && Report(DiagnosticCodes.DecoratorNotHere, starts.FirstDecorator!));
    }

    private bool CheckDeclareModifier(string word, int start, in ModifierSite site)
    {
        if (IsInClass && IsMember(site.Kind) && site.Kind != SyntaxKind.PropertyDeclaration)
        {
            return ReportToken(DiagnosticCodes.ModifierNotOnClassElement, start, word);
        }

        if (site.Kind == SyntaxKind.Parameter)
        {
            return ReportToken(DiagnosticCodes.ModifierNotOnParameter, start, word);
        }

        return ReportOnUsing(word, start, site.Variables)
            || (ambient && place == StatementPlace.Module && IsStatement(site.Kind) && ReportToken(DiagnosticCodes.DeclareInAmbientContext, start));
    }

    private bool CheckAbstractModifier(int start, in ModifierSite site)
    {
        if (site.Kind is SyntaxKind.ClassDeclaration or SyntaxKind.ConstructorType)
        {
            return false;
        }

        if (site.Kind is not (SyntaxKind.MethodDeclaration or SyntaxKind.PropertyDeclaration or SyntaxKind.GetAccessor or SyntaxKind.SetAccessor))
        {
            return ReportToken(DiagnosticCodes.AbstractPlace, start);
        }

        return !(memberOwner == MemberOwner.Class && ownerIsAbstract)
            && ReportToken(site.Kind == SyntaxKind.PropertyDeclaration ? DiagnosticCodes.AbstractPropertyPlace : DiagnosticCodes.AbstractMethodPlace, start);
    }

    private bool ReportOnUsing(string word, int start, VariableKind variables) => variables switch
    {
        VariableKind.Using => ReportToken(DiagnosticCodes.ModifierNotOnUsing, start, word),
        VariableKind.AwaitUsing => ReportToken(DiagnosticCodes.ModifierNotOnAwaitUsing, start, word),
        _ => false,
    };

    /// <summary>What only the whole set tells.</summary>
    private bool CheckModifierSet(ModifierFlags seen, in ModifierStarts starts, in ModifierSite site)
    {
        switch (site.Kind)
        {
            case SyntaxKind.Constructor:
                return ReportOnConstructor(ModifierFlags.Static, starts.Static)
                    || ReportOnConstructor(ModifierFlags.Override, starts.Override)
                    || ReportOnConstructor(ModifierFlags.Async, starts.Async);
            case SyntaxKind.ImportDeclaration or SyntaxKind.ImportEqualsDeclaration when (seen & ModifierFlags.Declare) != 0:
                return ReportToken(DiagnosticCodes.ModifierNotOnImport, starts.Declare, "declare");
            case SyntaxKind.Parameter when (seen & ModifierFlags.ParameterProperty) != 0 && site.Name is ObjectBindingPattern or ArrayBindingPattern:
                return Report(DiagnosticCodes.ParameterPropertyPattern, site.Node);
            case SyntaxKind.Parameter when (seen & ModifierFlags.ParameterProperty) != 0 && site.Node.Has(NodeFlags.Rest):
                return Report(DiagnosticCodes.ParameterPropertyRest, site.Node);
            case SyntaxKind.MethodDeclaration or SyntaxKind.FunctionDeclaration or SyntaxKind.FunctionExpression or SyntaxKind.ArrowFunction:
                return false;
            default:
                return (seen & ModifierFlags.Async) != 0 && ReportToken(DiagnosticCodes.ModifierNotAllowed, starts.Async, "async");
        }

        bool ReportOnConstructor(ModifierFlags flag, int start) =>
            (seen & flag) != 0 && ReportToken(DiagnosticCodes.SpecialConstructor, start, ModifierReader.TextOf(flag));
    }

    private bool IsAtModuleLevel => place is StatementPlace.File or StatementPlace.Module;

    private bool IsInClass => memberOwner is MemberOwner.Class or MemberOwner.ClassExpression;

    private static bool IsMember(SyntaxKind kind) => kind is SyntaxKind.PropertyDeclaration or SyntaxKind.MethodDeclaration or SyntaxKind.Constructor
        or SyntaxKind.GetAccessor or SyntaxKind.SetAccessor or SyntaxKind.IndexSignature or SyntaxKind.ClassStaticBlock;

    private static bool IsStatement(SyntaxKind kind) => kind is SyntaxKind.FunctionDeclaration or SyntaxKind.ClassDeclaration or SyntaxKind.InterfaceDeclaration
        or SyntaxKind.TypeAliasDeclaration or SyntaxKind.EnumDeclaration or SyntaxKind.ModuleDeclaration or SyntaxKind.VariableStatement
        or SyntaxKind.ImportDeclaration or SyntaxKind.ImportEqualsDeclaration or SyntaxKind.ExportDeclaration or SyntaxKind.ExportAssignment;
}
