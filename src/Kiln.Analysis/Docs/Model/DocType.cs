namespace Kiln.Analysis.Docs.Model;

/// <summary>A type, as it is written or as the syntax gives it. The set of forms is closed.</summary>
public abstract class DocType
{
    private protected DocType()
    {
    }

    /// <summary>A shallow text for simple types, empty for those with a structure; a defect of the wire form that clients know. Not for showing types.</summary>
    public string Repr
    {
        get => repr;
        init => repr = value;
    }

    private string repr = "";

    internal DocType WithRepr(string text)
    {
        if (repr == text)
        {
            return this;
        }

        var copy = (DocType)MemberwiseClone();
        copy.repr = text;
        return copy;
    }
}
