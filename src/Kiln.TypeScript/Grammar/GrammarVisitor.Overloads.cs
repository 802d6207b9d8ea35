using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Overloads and implementations, and declarations of one name that merge.</content>
internal sealed partial class GrammarVisitor
{
    private const ModifierFlags OverloadFlags =
        ModifierFlags.Export | ModifierFlags.Declare | ModifierFlags.Private | ModifierFlags.Protected | ModifierFlags.Abstract;

    /// <summary>One function, method or constructor of a group with one name, in source order.</summary>
    /// <param name="Index">Where it stands among its siblings.</param>
    /// <param name="Flags">Modifiers on which overloads agree; <see cref="ModifierFlags.Declare"/> for everything in an ambient context.</param>
    private readonly record struct Overload(Node Node, Node? Name, int Index, bool HasBody, bool IsOptional, bool IsStatic, bool IsAmbient, ModifierFlags Flags);

    /// <summary>Most classes and statement lists have fewer functions.</summary>
    private const int MaxOnStack = 64;

    private readonly List<Overload> overloads = [];
    private readonly List<Overload> group = [];

    private void CheckOverloads(Statement[] statements)
    {
        overloads.Clear();
        var hasSignature = false;
        var hasMerging = false;

        // In an ambient module without export statements everything is exported.
        var isAllExported = ambient && IsAtModuleLevel && !Array.Exists(statements, s => s is ExportDeclaration or ExportAssignment);
        for (var i = 0; i < statements.Length; i++)
        {
            if (statements[i] is FunctionDeclaration { Name: { } name } function)
            {
                var isAmbient = ambient || function.Modifiers.Has(ModifierFlags.Declare);
                var flags = (function.Modifiers.Flags & OverloadFlags) | (isAmbient ? ModifierFlags.Declare : 0);
                if (isAllExported && !function.Modifiers.Has(ModifierFlags.Declare))
                {
                    flags |= ModifierFlags.Export;
                }

                overloads.Add(new Overload(function, name, i, function.Body is not null, false, false, isAmbient, flags));
                hasSignature |= function.Body is null;
            }

            hasMerging |= statements[i] is ModuleDeclaration or EnumDeclaration;
        }

        if (hasSignature || overloads.Count > 1)
        {
            CheckGroups(statements);
        }

        if (hasMerging)
        {
            CheckMerging(statements);
        }
    }

    private void CheckClassOverloads(Node[] members)
    {
        overloads.Clear();
        for (var i = 0; i < members.Length; i++)
        {
            switch (members[i])
            {
                case MethodDeclaration method when method.Name is not ComputedPropertyName { Expression: var expression } || IsLiteralName(expression):
                    overloads.Add(Describe(method, method.Name, i, method.Modifiers, method.Body));
                    break;
                case ConstructorDeclaration constructor:
                    overloads.Add(Describe(constructor, null, i, constructor.Modifiers, constructor.Body));
                    break;
            }
        }

        if (overloads.Count > 0)
        {
            CheckGroups(members);
        }

        Overload Describe(Node member, Node? name, int index, Modifiers modifiers, Block? body) => new(
            member,
            name,
            index,
            body is not null,
            member.Has(NodeFlags.Optional),
            modifiers.Has(ModifierFlags.Static),
            ambient || (name is not null && modifiers.Has(ModifierFlags.Declare)),
            modifiers.Flags & OverloadFlags & ~ModifierFlags.Declare);
    }

    /// <summary>The methods of one name in an interface or type literal are all optional or all required.</summary>
    private void CheckSignatureOverloads(Node[] members)
    {
        overloads.Clear();
        var optional = 0;
        for (var i = 0; i < members.Length; i++)
        {
            if (members[i] is MethodSignature { Name: not ComputedPropertyName } method)
            {
                optional += method.Has(NodeFlags.Optional) ? 1 : 0;
                overloads.Add(new Overload(method, method.Name, i, false, method.Has(NodeFlags.Optional), false, true, ModifierFlags.None));
            }
        }

        if (optional > 0 && optional < overloads.Count)
        {
            CheckGroups(members);
        }
    }

    /// <summary>Groups <see cref="overloads"/> by name and judges each group.</summary>
    private void CheckGroups(Node[] siblings)
    {
        names.Start(overloads.Count);
        Span<int> heads = overloads.Count <= MaxOnStack ? stackalloc int[MaxOnStack] : new int[overloads.Count];
        heads = heads[..overloads.Count];
        var needed = false;
        var constructor = -1;
        for (var i = 0; i < overloads.Count; i++)
        {
            var overload = overloads[i];
            int first;
            if (overload.Name is null)
            {
                first = constructor;
                constructor = constructor < 0 ? i : constructor;
            }
            else
            {
                first = names.FindFirst(overload.Name, overload.IsStatic, i);
            }

            heads[i] = first < 0 ? i : first;
            needed |= first >= 0 || !overload.HasBody;
        }

        // Nearly always every name has one declaration with a body: nothing to judge.
        if (!needed)
        {
            return;
        }

        var next = new int[overloads.Count];
        Array.Fill(next, -1);
        Span<int> tails = overloads.Count <= MaxOnStack ? stackalloc int[MaxOnStack] : new int[overloads.Count];
        for (var i = 0; i < heads.Length; i++)
        {
            if (heads[i] != i)
            {
                next[tails[heads[i]]] = i;
            }

            tails[heads[i]] = i;
        }

        AddOtherMembers(siblings);
        for (var i = 0; i < heads.Length; i++)
        {
            // What collides with a field or accessor is no overload; it was reported as a duplicate.
            if (heads[i] != i || (next[i] < 0 && overloads[i].HasBody) || (overloads[i].Name is { } name && names.Knows(name, overloads[i].IsStatic)))
            {
                continue;
            }

            group.Clear();
            for (var member = i; member >= 0; member = next[member])
            {
                group.Add(overloads[member]);
            }

            CheckGroup(siblings);
        }
    }

    /// <summary>Makes <see cref="names"/> those of the fields and accessors among the members.</summary>
    private void AddOtherMembers(Node[] siblings)
    {
        names.Start(siblings.Length);
        for (var i = 0; i < siblings.Length; i++)
        {
            var (name, isStatic) = siblings[i] switch
            {
                PropertyDeclaration property => (property.Name, property.Modifiers.Has(ModifierFlags.Static)),
                AccessorDeclaration accessor => (accessor.Name, accessor.Modifiers.Has(ModifierFlags.Static)),
                PropertySignature property => (property.Name, false),
                _ => (null, false),
            };
            if (name is not null)
            {
                names.FindFirst(name, isStatic, i);
            }
        }
    }

    private void CheckGroup(Node[] siblings)
    {
        var body = -1;
        var previous = -1;
        var lastNotAmbient = -1;
        var duplicates = false;
        for (var i = 0; i < group.Count; i++)
        {
            var overload = group[i];
            if (overload.IsAmbient)
            {
                previous = -1;
            }

            if (overload.HasBody && body >= 0)
            {
                duplicates = true;
            }
            else if (previous >= 0 && group[previous].Index + 1 != overload.Index)
            {
                ReportMissingImplementation(group[previous], siblings);
            }

            body = overload.HasBody && body < 0 ? i : body;
            previous = i;
            lastNotAmbient = overload.IsAmbient ? lastNotAmbient : i;
        }

        if (duplicates && group[0].Name is not null)
        {
            foreach (var overload in group)
            {
                Report(DiagnosticCodes.DuplicateImplementation, overload.Name!);
            }
        }

        if (lastNotAmbient >= 0 && group[lastNotAmbient] is { HasBody: false, IsOptional: false } last && (last.Flags & ModifierFlags.Abstract) == 0)
        {
            ReportMissingImplementation(last, siblings);
        }

        if (group.Exists(o => !o.HasBody))
        {
            CheckAgreement(group[body >= 0 ? body : 0]);
        }
    }

    private void ReportMissingImplementation(in Overload overload, Node[] siblings)
    {
        var subsequent = overload.Index + 1 < siblings.Length ? siblings[overload.Index + 1] : null;
        if (subsequent is not null && subsequent.Kind == overload.Node.Kind)
        {
            var (name, isStatic, hasBody) = subsequent switch
            {
                FunctionDeclaration function => (function.Name, false, function.Body is not null),
                MethodDeclaration method => (method.Name, method.Modifiers.Has(ModifierFlags.Static), method.Body is not null),
                ConstructorDeclaration constructor => ((Node?)null, false, constructor.Body is not null),
                _ => throw new InvalidOperationException($"No overload: {subsequent.Kind}."),
            };
            if (overload.Name is not null && name is not null && names.AreSame(overload.Name, name))
            {
                if (isStatic != overload.IsStatic)
                {
                    Report(overload.IsStatic ? DiagnosticCodes.OverloadNotStatic : DiagnosticCodes.OverloadStatic, name);
                }

                return;
            }

            if (hasBody)
            {
                Report(DiagnosticCodes.ImplementationName, name ?? subsequent, overload.Name is null ? "constructor" : file.GetSlice(overload.Name).ToString());
                return;
            }
        }

        if (overload.Name is null)
        {
            Report(DiagnosticCodes.ConstructorImplementationMissing, overload.Node);
        }
        else
        {
            Report((overload.Flags & ModifierFlags.Abstract) != 0 ? DiagnosticCodes.AbstractOverloadsApart : DiagnosticCodes.ImplementationMissing, overload.Name);
        }
    }

    /// <summary>All overloads are exported, ambient, accessible, abstract, optional like the implementation, or like the first where there is none.</summary>
    private void CheckAgreement(in Overload canonical)
    {
        foreach (var overload in group)
        {
            var deviation = overload.Flags ^ canonical.Flags;
            var code = (deviation & ModifierFlags.Export) != 0 ? DiagnosticCodes.OverloadsExported
                : (deviation & ModifierFlags.Declare) != 0 ? DiagnosticCodes.OverloadsAmbient
                : (deviation & (ModifierFlags.Private | ModifierFlags.Protected)) != 0 ? DiagnosticCodes.OverloadsAccess
                : (deviation & ModifierFlags.Abstract) != 0 ? DiagnosticCodes.OverloadsAbstract
                : 0;
            if (code != 0)
            {
                Report(code, overload.Name ?? overload.Node);
            }

            if (overload.IsOptional != canonical.IsOptional)
            {
                Report(DiagnosticCodes.OverloadsOptional, overload.Name ?? overload.Node);
            }
        }
    }

    /// <summary>Namespaces and enums of one name: a namespace stands behind the class or function that it merges with; enums agree on <c>const</c>.</summary>
    private void CheckMerging(Statement[] statements)
    {
        names.Start(statements.Length);
        for (var i = statements.Length - 1; i >= 0; i--)
        {
            // Backwards: at a namespace the names that follow are known.
            switch (statements[i])
            {
                case ClassDeclaration { Name: { } name } type when !ambient && !type.Modifiers.Has(ModifierFlags.Declare):
                    names.FindFirst(name, isStatic: false, i);
                    break;
                case FunctionDeclaration { Name: { } name, Body: not null } function when !ambient && !function.Modifiers.Has(ModifierFlags.Declare):
                    names.FindFirst(name, isStatic: false, i);
                    break;
                case ModuleDeclaration { Name: Identifier name, IsGlobal: false } inner when !ambient && !inner.Modifiers.Has(ModifierFlags.Declare):
                    if (names.Knows(name, isStatic: false) && IsInstantiated(inner) == true)
                    {
                        Report(DiagnosticCodes.NamespaceBeforeMerged, name);
                    }

                    break;
            }
        }

        CheckMergedEnums(statements);
    }

    private void CheckMergedEnums(Statement[] statements)
    {
        names.Start(statements.Length);
        var withoutInitializer = new HashSet<int>();
        for (var i = 0; i < statements.Length; i++)
        {
            if (statements[i] is not EnumDeclaration type)
            {
                continue;
            }

            var found = names.FindFirst(type.Name, isStatic: false, i);
            var first = found < 0 ? i : found;
            var firstType = (EnumDeclaration)statements[first];
            if (firstType.Modifiers.Has(ModifierFlags.Const) != type.Modifiers.Has(ModifierFlags.Const))
            {
                Report(DiagnosticCodes.EnumConflict, firstType.Name);
                Report(DiagnosticCodes.EnumConflict, type.Name);
                continue;
            }

            if (type.Members is [{ Initializer: null } member, ..] && !withoutInitializer.Add(first))
            {
                Report(DiagnosticCodes.EnumFirstInitializer, member.Name);
            }
        }
    }
}
