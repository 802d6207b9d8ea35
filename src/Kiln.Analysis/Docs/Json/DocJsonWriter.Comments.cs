using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Analysis.Docs.Json;

/// <summary>Comments and their tags: docs.md §6.2.</summary>
internal sealed partial class DocJsonWriter
{
    private void WriteComment(DocComment? comment) => WriteComment("jsDoc"u8, comment);

    private void WriteComment(ReadOnlySpan<byte> name, DocComment? comment)
    {
        if (comment is null)
        {
            return;
        }

        output.Name(name);
        output.StartObject();
        WriteText("doc"u8, comment.Text);
        WriteList("tags"u8, comment.Tags, WriteTag);
        output.EndObject();
    }

    private void WriteTag(DocTag tag)
    {
        output.StartObject();
        output.String("kind"u8, DocJsonNames.Of(tag.Kind));
        switch (tag.Kind)
        {
            case JsDocTagKind.Unsupported:
                output.String("value"u8, tag.Text ?? "");
                break;
            case JsDocTagKind.Default:
                output.String("value"u8, tag.Default ?? "");
                WriteText("doc"u8, tag.Text);
                break;
            case JsDocTagKind.Tags:
                output.Name("tags"u8);
                WriteItems(tag.Items, output.Text);
                break;
            case JsDocTagKind.Priority:
                output.Integer("priority"u8, tag.Priority);
                break;
            default:
                WriteText("name"u8, tag.Name);
                WriteType("tsType"u8, tag.Type);
                output.Flag("optional"u8, tag.IsOptional);
                WriteText("default"u8, tag.Default);
                WriteText("doc"u8, tag.Text);
                break;
        }

        output.EndObject();
    }
}
