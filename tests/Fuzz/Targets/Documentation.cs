using Kiln.TypeScript;
using Kiln.TypeScript.JsDoc;
using static Kiln.Fuzz.Targets.FuzzTarget;

namespace Kiln.Fuzz.Targets;

/// <summary>What holds for every documentation comment: its tags lie inside it and in order.</summary>
internal static class Documentation
{
    public static void Verify(SourceFile file)
    {
        foreach (var comment in file.Comments)
        {
            if (comment.Kind != CommentKind.JsDoc)
            {
                continue;
            }

            var parsed = JsDocParser.Parse(file, comment);
            var at = comment.Start;
            foreach (var tag in parsed.Tags)
            {
                Check(tag.Span.Start >= at && tag.Span.End >= tag.Span.Start && tag.Span.End <= comment.End, $"the tag at {tag.Span.Start} lies in its comment, behind {at}");
                at = tag.Span.End;
            }
        }

        _ = JsDocAttachment.FindModule(file);
        foreach (var statement in file.Statements)
        {
            _ = JsDocAttachment.Find(file, statement);
        }
    }
}
