using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Json;

/// <summary>Writes members in the reference's order and leaves out what it leaves out: absent values, false, empty lists.</summary>
internal sealed partial class DocJsonWriter(JsonOutput output)
{
    public void Write(DocSet docs)
    {
        output.StartObject();
        output.Integer("version"u8, DocJson.Version);
        output.Name("nodes"u8);
        output.StartObject();
        foreach (var module in docs.Modules)
        {
            output.Name(module.Specifier);
            WriteModule(module);
        }

        output.EndObject();
        output.EndObject();
    }

    private void WriteModule(DocModule module)
    {
        output.StartObject();
        WriteComment("module_doc"u8, module.Comment);
        WriteList("imports"u8, module.Imports, WriteImport);
        output.Name("symbols"u8);
        WriteItems(module.Symbols, WriteSymbol);
        output.EndObject();
    }

    private void WriteImport(DocImport import)
    {
        output.StartObject();
        output.String("importedName"u8, import.LocalName);
        WriteText("originalName"u8, import.ExportedName);
        output.String("src"u8, import.Source);
        WriteComment(import.Comment);
        output.EndObject();
    }

    private void WriteSymbol(DocSymbol symbol)
    {
        output.StartObject();
        output.String("name"u8, symbol.Name);
        output.Flag("isDefault"u8, symbol.IsDefault);
        output.Name("declarations"u8);
        WriteItems(symbol.Declarations, WriteDeclaration);
        output.EndObject();
    }

    private void WriteDeclaration(DocDeclaration declaration)
    {
        output.StartObject();
        WriteLocation("location"u8, declaration.Location);
        output.String("declarationKind"u8, DocJsonNames.Of(declaration.Visibility));
        WriteComment(declaration.Comment);
        output.String("kind"u8, DocJsonNames.Of(declaration.Definition.Kind));
        output.Name("def"u8);
        WriteDefinition(declaration.Definition);
        output.EndObject();
    }

    private void WriteDefinition(DocDefinition definition)
    {
        if (!DeepStack.HasRoom)
        {
            DeepStack.Continue(() => WriteDefinition(definition));
            return;
        }

        output.StartObject();
        switch (definition)
        {
            case DocFunction node:
                WriteFunctionMembers(node);
                break;
            case DocVariable node:
                WriteType("tsType"u8, node.Type);
                output.String("kind"u8, node.Keyword);
                break;
            case DocClass node:
                WriteClass(node);
                break;
            case DocInterface node:
                WriteText("defName"u8, node.DeclaredName);
                WriteList("extends"u8, node.Extends, WriteType);
                WriteMembers(node.Members);
                WriteList("typeParams"u8, node.TypeParameters, WriteTypeParameter);
                break;
            case DocEnum node:
                output.Name("members"u8);
                WriteItems(node.Members, WriteEnumMember);
                break;
            case DocTypeAlias node:
                WriteType("tsType"u8, node.Type);
                WriteList("typeParams"u8, node.TypeParameters, WriteTypeParameter);
                break;
            case DocNamespace node:
                output.Name("elements"u8);
                WriteItems(node.Elements, WriteSymbol);
                break;
            case DocReference node:
                WriteLocation("target"u8, node.Target);
                break;
            default:
                throw new InvalidOperationException($"Unknown definition {definition.GetType().Name}.");
        }

        output.EndObject();
    }

    private void WriteFunctionMembers(DocFunction node)
    {
        WriteText("defName"u8, node.DeclaredName);
        WriteParameters(node.Parameters);
        WriteType("returnType"u8, node.ReturnType);
        output.Flag("hasBody"u8, node.HasBody);
        output.Flag("isAsync"u8, node.IsAsync);
        output.Flag("isGenerator"u8, node.IsGenerator);
        WriteList("typeParams"u8, node.TypeParameters, WriteTypeParameter);
        WriteList("decorators"u8, node.Decorators, WriteDecorator);
    }

    private void WriteClass(DocClass node)
    {
        WriteText("defName"u8, node.DeclaredName);
        output.Flag("isAbstract"u8, node.IsAbstract);
        WriteList("constructors"u8, node.Constructors, WriteConstructor);
        WriteList("properties"u8, node.Properties, WriteProperty);
        WriteList("indexSignatures"u8, node.IndexSignatures, WriteIndexSignature);
        WriteList("methods"u8, node.Methods, WriteMethod);
        WriteText("extends"u8, node.Extends);
        WriteList("implements"u8, node.Implements, WriteType);
        WriteList("typeParams"u8, node.TypeParameters, WriteTypeParameter);
        WriteList("superTypeParams"u8, node.SuperTypeArguments, WriteType);
        WriteList("decorators"u8, node.Decorators, WriteDecorator);
    }

    private void WriteConstructor(DocConstructor node)
    {
        output.StartObject();
        WriteComment(node.Comment);
        WriteText("accessibility"u8, DocJsonNames.Of(node.Accessibility));
        output.Flag("isOptional"u8, node.IsOptional);
        output.Flag("hasBody"u8, node.HasBody);
        output.String("name"u8, "constructor");
        WriteParameters(node.Parameters);
        WriteLocation("location"u8, node.Location);
        output.EndObject();
    }

    private void WriteProperty(DocClassProperty node)
    {
        output.StartObject();
        WriteComment(node.Comment);
        WriteType("tsType"u8, node.Type);
        output.Flag("readonly"u8, node.IsReadonly);
        WriteText("accessibility"u8, DocJsonNames.Of(node.Accessibility));
        WriteList("decorators"u8, node.Decorators, WriteDecorator);
        output.Flag("optional"u8, node.IsOptional);
        output.Flag("isAbstract"u8, node.IsAbstract);
        output.Flag("isStatic"u8, node.IsStatic);
        output.Flag("isOverride"u8, node.IsOverride);
        output.String("name"u8, node.Name);
        WriteLocation("location"u8, node.Location);
        output.EndObject();
    }

    private void WriteMethod(DocClassMethod node)
    {
        output.StartObject();
        WriteComment(node.Comment);
        WriteText("accessibility"u8, DocJsonNames.Of(node.Accessibility));
        output.Flag("optional"u8, node.IsOptional);
        output.Flag("isAbstract"u8, node.IsAbstract);
        output.Flag("isStatic"u8, node.IsStatic);
        output.Flag("isOverride"u8, node.IsOverride);
        output.String("name"u8, node.Name);
        output.String("kind"u8, DocJsonNames.Of(node.Kind));
        output.Name("functionDef"u8);
        output.StartObject();
        WriteFunctionMembers(node.Function);
        output.EndObject();
        WriteLocation("location"u8, node.Location);
        output.EndObject();
    }

    private void WriteEnumMember(DocEnumMember node)
    {
        output.StartObject();
        output.String("name"u8, node.Name);
        WriteType("init"u8, node.Value);
        WriteComment(node.Comment);
        WriteLocation("location"u8, node.Location);
        output.EndObject();
    }

    private void WriteDecorator(DocDecorator node)
    {
        output.StartObject();
        output.String("name"u8, node.Name);
        WriteList("args"u8, node.Arguments, output.Text);
        WriteLocation("location"u8, node.Location);
        output.EndObject();
    }

    private void WriteLocation(ReadOnlySpan<byte> name, in DocLocation location)
    {
        output.Name(name);
        output.StartObject();
        output.String("filename"u8, location.FileName);
        output.Integer("line"u8, location.Line);
        output.Integer("col"u8, location.Column);
        output.Integer("byteIndex"u8, location.ByteIndex);
        output.EndObject();
    }

    private void WriteText(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            output.String(name, value);
        }
    }

    private void WriteList<T>(ReadOnlySpan<byte> name, ImmutableArray<T> items, Action<T> write)
    {
        if (!items.IsEmpty)
        {
            output.Name(name);
            WriteItems(items, write);
        }
    }

    private void WriteItems<T>(ImmutableArray<T> items, Action<T> write)
    {
        output.StartArray();
        foreach (var item in items)
        {
            output.Item();
            write(item);
        }

        output.EndArray();
    }
}
