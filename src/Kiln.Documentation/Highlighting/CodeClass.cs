namespace Kiln.Documentation.Highlighting;

/// <summary>What a piece of code is. Its class in markup is <c>hl-</c> and the name in lower case.</summary>
internal enum CodeClass : byte
{
    Plain,
    Keyword,
    String,
    Number,

    /// <summary><c>true</c>, <c>null</c> and what else a language names.</summary>
    Constant,
    Comment,

    /// <summary>A tag inside a documentation comment.</summary>
    Doctag,
    Type,
    Function,
    Property,
    Tag,
    Attribute,
    Operator,
    Regexp,
    Heading,
    Inserted,
    Deleted,
}
