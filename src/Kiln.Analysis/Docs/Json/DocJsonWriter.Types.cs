using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Json;

/// <summary>Types and parameters: docs.md §2.1 to §3.</summary>
internal sealed partial class DocJsonWriter
{
    private void WriteType(ReadOnlySpan<byte> name, DocType? type)
    {
        if (type is not null)
        {
            output.Name(name);
            WriteType(type);
        }
    }

    private void WriteType(DocType type)
    {
        if (!DeepStack.HasRoom)
        {
            DeepStack.Continue(() => WriteType(type));
            return;
        }

        output.StartObject();
        if (type.Repr.Length > 0)
        {
            output.String("repr"u8, type.Repr);
        }

        output.String("kind"u8, DocJsonNames.Of(type));
        WriteValue(type);
        output.EndObject();
    }

    private void WriteValue(DocType type)
    {
        switch (type)
        {
            case DocThisType or DocUnsupportedType:
                break;
            case DocKeywordType node:
                output.String("value"u8, node.Name);
                break;
            case DocTypeQuery node:
                output.String("value"u8, node.Name);
                break;
            case DocArrayType node:
                WriteType("value"u8, node.Element);
                break;
            case DocParenthesizedType node:
                WriteType("value"u8, node.Type);
                break;
            case DocOptionalType node:
                WriteType("value"u8, node.Type);
                break;
            case DocRestType node:
                WriteType("value"u8, node.Type);
                break;
            case DocUnionType node:
                WriteTypes(node.Types);
                break;
            case DocIntersectionType node:
                WriteTypes(node.Types);
                break;
            case DocTupleType node:
                WriteTypes(node.Elements);
                break;
            default:
                output.Name("value"u8);
                output.StartObject();
                WriteMembersOf(type);
                output.EndObject();
                break;
        }
    }

    private void WriteTypes(ImmutableArray<DocType> types)
    {
        output.Name("value"u8);
        WriteItems(types, WriteType);
    }

    private void WriteMembersOf(DocType type)
    {
        switch (type)
        {
            case DocLiteralType node:
                WriteLiteral(node);
                break;
            case DocTemplateType node:
                output.String("kind"u8, "template");
                output.Name("tsTypes"u8);
                WriteItems(node.Parts, WriteType);
                break;
            case DocTypeReference node:
                WriteList("typeParams"u8, node.Arguments, WriteType);
                output.String("typeName"u8, node.Name);
                WriteResolution(node.Resolution);
                break;
            case DocTypeOperator node:
                output.String("operator"u8, node.Operator);
                WriteType("tsType"u8, node.Type);
                break;
            case DocFunctionType node:
                output.Name("constructor"u8);
                output.Raw(node.IsConstructor ? "true"u8 : "false"u8);
                WriteType("tsType"u8, node.ReturnType);
                WriteParameters(node.Parameters);
                WriteList("typeParams"u8, node.TypeParameters, WriteTypeParameter);
                break;
            case DocConditionalType node:
                WriteType("checkType"u8, node.Check);
                WriteType("extendsType"u8, node.Extends);
                WriteType("trueType"u8, node.True);
                WriteType("falseType"u8, node.False);
                break;
            case DocInferType node:
                output.Name("typeParam"u8);
                WriteTypeParameter(node.TypeParameter);
                break;
            case DocIndexedAccessType node:
                output.Flag("readonly"u8, node.IsReadonly);
                WriteType("objType"u8, node.Object);
                WriteType("indexType"u8, node.Index);
                break;
            case DocMappedType node:
                WriteModifier("readonly"u8, node.Readonly);
                output.Name("typeParam"u8);
                WriteTypeParameter(node.TypeParameter);
                WriteType("nameType"u8, node.NameType);
                WriteModifier("optional"u8, node.Optional);
                WriteType("tsType"u8, node.Type);
                break;
            case DocTypeLiteral node:
                WriteMembers(node.Members);
                break;
            case DocTypePredicate node:
                WritePredicate(node);
                break;
            case DocImportType node:
                output.String("specifier"u8, node.Specifier);
                WriteText("qualifier"u8, node.Qualifier);
                WriteList("typeParams"u8, node.Arguments, WriteType);
                break;
            default:
                throw new InvalidOperationException($"Unknown type {type.GetType().Name}.");
        }
    }

    private void WriteLiteral(DocLiteralType node)
    {
        switch (node.Kind)
        {
            case DocLiteralKind.Number:
                output.String("kind"u8, "number");
                output.Number("number"u8, node.Number);
                break;
            case DocLiteralKind.Boolean:
                output.String("kind"u8, "boolean");
                output.Name("boolean"u8);
                output.Raw(node.IsTrue ? "true"u8 : "false"u8);
                break;
            default:
                output.String("kind"u8, node.Kind == DocLiteralKind.BigInt ? "bigInt" : "string");
                output.String("string"u8, node.Text);
                break;
        }
    }

    private void WritePredicate(DocTypePredicate node)
    {
        output.Flag("asserts"u8, node.IsAsserts);
        output.Name("param"u8);
        output.StartObject();
        output.String("type"u8, node.ParameterName is null ? "this" : "identifier");
        WriteText("name"u8, node.ParameterName);
        output.EndObject();
        WriteType("type"u8, node.Type);
    }

    private void WriteResolution(DocResolution? resolution)
    {
        if (resolution is null)
        {
            return;
        }

        output.Name("resolution"u8);
        output.StartObject();
        output.String("kind"u8, DocJsonNames.Of(resolution.Kind));
        WriteText("declaringName"u8, resolution.DeclaringName);
        WriteText("declaringKind"u8, resolution.DeclaringKind);
        WriteText("specifier"u8, resolution.Specifier);
        WriteText("name"u8, resolution.ImportedName);
        output.EndObject();
    }

    private void WriteModifier(ReadOnlySpan<byte> name, DocMappedModifier modifier)
    {
        switch (modifier)
        {
            case DocMappedModifier.Present:
                output.True(name);
                break;
            case DocMappedModifier.Plus:
                output.String(name, "+");
                break;
            case DocMappedModifier.Minus:
                output.String(name, "-");
                break;
        }
    }

    private void WriteTypeParameter(DocTypeParameter node)
    {
        output.StartObject();
        output.String("name"u8, node.Name);
        WriteType("constraint"u8, node.Constraint);
        WriteType("default"u8, node.Default);
        output.EndObject();
    }

    private void WriteMembers(DocTypeMembers members)
    {
        WriteList("constructors"u8, members.Constructors, WriteConstructSignature);
        WriteList("methods"u8, members.Methods, WriteMethodSignature);
        WriteList("properties"u8, members.Properties, WritePropertySignature);
        WriteList("callSignatures"u8, members.CallSignatures, WriteCallSignature);
        WriteList("indexSignatures"u8, members.IndexSignatures, WriteIndexSignature);
    }

    private void WriteConstructSignature(DocConstructSignature node)
    {
        output.StartObject();
        WriteComment(node.Comment);
        WriteParameters(node.Parameters);
        WriteType("returnType"u8, node.ReturnType);
        WriteList("typeParams"u8, node.TypeParameters, WriteTypeParameter);
        WriteLocation("location"u8, node.Location);
        output.EndObject();
    }

    private void WriteMethodSignature(DocMethodSignature node)
    {
        output.StartObject();
        output.String("name"u8, node.Name);
        WriteComment(node.Comment);
        output.String("kind"u8, DocJsonNames.Of(node.Kind));
        WriteLocation("location"u8, node.Location);
        WriteParameters(node.Parameters);
        output.Flag("computed"u8, node.IsComputed);
        output.Flag("optional"u8, node.IsOptional);
        WriteType("returnType"u8, node.ReturnType);
        WriteList("typeParams"u8, node.TypeParameters, WriteTypeParameter);
        output.EndObject();
    }

    private void WritePropertySignature(DocPropertySignature node)
    {
        output.StartObject();
        output.String("name"u8, node.Name);
        WriteComment(node.Comment);
        WriteLocation("location"u8, node.Location);
        WriteList("params"u8, node.Parameters, WriteParameter);
        output.Flag("readonly"u8, node.IsReadonly);
        output.Flag("computed"u8, node.IsComputed);
        output.Flag("optional"u8, node.IsOptional);
        WriteType("tsType"u8, node.Type);
        WriteList("typeParams"u8, node.TypeParameters, WriteTypeParameter);
        output.EndObject();
    }

    private void WriteCallSignature(DocCallSignature node)
    {
        output.StartObject();
        WriteComment(node.Comment);
        WriteLocation("location"u8, node.Location);
        WriteParameters(node.Parameters);
        WriteType("tsType"u8, node.ReturnType);
        WriteList("typeParams"u8, node.TypeParameters, WriteTypeParameter);
        output.EndObject();
    }

    private void WriteIndexSignature(DocIndexSignature node)
    {
        output.StartObject();
        WriteComment(node.Comment);
        output.Flag("readonly"u8, node.IsReadonly);
        WriteParameters(node.Parameters);
        WriteType("tsType"u8, node.Type);
        WriteLocation("location"u8, node.Location);
        output.EndObject();
    }

    private void WriteParameters(ImmutableArray<DocParameter> parameters)
    {
        output.Name("params"u8);
        WriteItems(parameters, WriteParameter);
    }

    private void WriteOptionalParameter(DocParameter? parameter)
    {
        if (parameter is null)
        {
            output.Raw("null"u8);
        }
        else
        {
            WriteParameter(parameter);
        }
    }

    private void WriteParameter(DocParameter parameter)
    {
        if (!DeepStack.HasRoom)
        {
            DeepStack.Continue(() => WriteParameter(parameter));
            return;
        }

        output.StartObject();
        if (parameter.Property is { } property)
        {
            WriteText("accessibility"u8, DocJsonNames.Of(property.Accessibility));
            output.Flag("isOverride"u8, property.IsOverride);
        }

        switch (parameter)
        {
            case DocIdentifierParameter node:
                output.String("kind"u8, "identifier");
                output.String("name"u8, node.Name);
                WriteIsOptional(node.IsOptional);
                break;
            case DocAssignParameter node:
                output.String("kind"u8, "assign");
                output.Name("left"u8);
                WriteParameter(node.Left);
                output.String("right"u8, node.Right);
                break;
            case DocArrayParameter node:
                output.String("kind"u8, "array");
                output.Name("elements"u8);
                WriteItems(node.Elements, WriteOptionalParameter);
                WriteIsOptional(node.IsOptional);
                break;
            case DocObjectParameter node:
                output.String("kind"u8, "object");
                output.Name("props"u8);
                WriteItems(node.Properties, WritePatternProperty);
                WriteIsOptional(node.IsOptional);
                break;
            case DocRestParameter node:
                output.String("kind"u8, "rest");
                output.Name("arg"u8);
                WriteParameter(node.Argument);
                break;
            default:
                throw new InvalidOperationException($"Unknown parameter {parameter.GetType().Name}.");
        }

        WriteList("decorators"u8, parameter.Decorators, WriteDecorator);
        WriteType("tsType"u8, parameter.Type);
        output.Flag("readonly"u8, parameter.Property is { IsReadonly: true });
        output.EndObject();
    }

    private void WriteIsOptional(bool value)
    {
        output.Name("optional"u8);
        output.Raw(value ? "true"u8 : "false"u8);
    }

    private void WritePatternProperty(DocPatternProperty property)
    {
        output.StartObject();
        if (property.Key is null)
        {
            output.String("kind"u8, "rest");
            output.Name("arg"u8);
            WriteParameter(property.Value!);
        }
        else if (property.Value is { } value)
        {
            output.String("kind"u8, "keyValue");
            output.String("key"u8, property.Key);
            output.Name("value"u8);
            WriteParameter(value);
        }
        else
        {
            output.String("kind"u8, "assign");
            output.String("key"u8, property.Key);
            output.Name("value"u8);
            if (property.Default is null)
            {
                output.Raw("null"u8);
            }
            else
            {
                output.Text(property.Default);
            }
        }

        output.EndObject();
    }
}
