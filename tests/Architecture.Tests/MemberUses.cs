using System.Reflection;
using System.Reflection.Emit;

namespace Kiln.Architecture;

/// <summary>Which members and types compiled code refers to, read from its IL.</summary>
internal static class MemberUses
{
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => (int)(ushort)o.Value);

    public static IEnumerable<MemberInfo> Of(Assembly assembly) => assembly.GetTypes().SelectMany(Of);

    public static IEnumerable<MemberInfo> Of(Type type) => type.GetMembers(All).OfType<MethodBase>().SelectMany(Of);

    public static IEnumerable<Type> TypesUsedBy(Type type)
    {
        var direct = new List<Type?> { type.BaseType };
        direct.AddRange(type.GetFields(All).Select(f => f.FieldType));
        direct.AddRange(type.GetNestedTypes(All));
        foreach (var method in type.GetMembers(All).OfType<MethodBase>())
        {
            direct.AddRange(method.GetParameters().Select(p => p.ParameterType));
            direct.Add((method as MethodInfo)?.ReturnType);
        }

        foreach (var member in Of(type))
        {
            direct.Add(member as Type ?? member.DeclaringType);
            direct.Add((member as MethodInfo)?.ReturnType);
            direct.Add((member as FieldInfo)?.FieldType);
        }

        return direct.SelectMany(Unwrap).Distinct();
    }

    private static IEnumerable<Type> Unwrap(Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            yield break;
        }

        if (type.HasElementType)
        {
            foreach (var inner in Unwrap(type.GetElementType()))
            {
                yield return inner;
            }

            yield break;
        }

        if (type.IsGenericType)
        {
            yield return type.GetGenericTypeDefinition();
            foreach (var inner in type.GetGenericArguments().SelectMany(Unwrap))
            {
                yield return inner;
            }

            yield break;
        }

        yield return type;
    }

    private static IEnumerable<MemberInfo> Of(MethodBase method)
    {
        var il = method.GetMethodBody()?.GetILAsByteArray();
        if (il is null)
        {
            yield break;
        }

        var typeArguments = method.DeclaringType?.IsGenericType == true ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            int value = il[at++];
            if (value == 0xFE)
            {
                value = 0xFE00 | il[at++];
            }

            var opCode = OpCodesByValue[value];
            if (opCode.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return method.Module.ResolveMember(BitConverter.ToInt32(il, at), typeArguments, methodArguments)!;
            }

            at += opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }
}
