namespace Kiln.TypeScript.JsDoc;

/// <summary>What a tag means. Names that mean the same share a kind: <c>@arg</c> is <see cref="Param"/>, <c>@emits</c> is <see cref="Fires"/>.</summary>
public enum JsDocTagKind : byte
{
    /// <summary>A tag that is not known, or that lacks what its kind needs. <see cref="JsDocTag.Description"/> holds all of it, from the <c>@</c> on.</summary>
    Unsupported,

    /// <summary><c>@callback name [description]</c>.</summary>
    Callback,

    /// <summary><c>@category description</c>, <c>@group</c>.</summary>
    Category,

    /// <summary><c>@constructor</c>, <c>@class</c>.</summary>
    Constructor,

    /// <summary><c>@default {value} [description]</c>.</summary>
    Default,

    /// <summary><c>@deprecated [description]</c>.</summary>
    Deprecated,

    /// <summary><c>@enum {type} [description]</c>.</summary>
    Enum,

    /// <summary><c>@event name [description]</c>.</summary>
    Event,

    /// <summary><c>@example description</c>; the only tag whose lines keep their indentation.</summary>
    Example,

    /// <summary><c>@experimental</c>.</summary>
    Experimental,

    /// <summary><c>@extends {type} [description]</c>, <c>@augments</c>.</summary>
    Extends,

    /// <summary><c>@fires name [description]</c>, <c>@emits</c>.</summary>
    Fires,

    /// <summary><c>@ignore</c>.</summary>
    Ignore,

    /// <summary><c>@internal</c>.</summary>
    Internal,

    /// <summary><c>@listens name [description]</c>.</summary>
    Listens,

    /// <summary><c>@module [name]</c>: the comment documents the file. The name is all the rest of the tag.</summary>
    Module,

    /// <summary><c>@param {type} name [description]</c>, also with <c>[name]</c> or <c>[name=default]</c>, without a type, or as <c>@arg</c> or <c>@argument</c>.</summary>
    Param,

    /// <summary><c>@priority integer</c>.</summary>
    Priority,

    /// <summary><c>@private</c>.</summary>
    Private,

    /// <summary><c>@property {type} name [description]</c>, <c>@prop</c>.</summary>
    Property,

    /// <summary><c>@protected</c>.</summary>
    Protected,

    /// <summary><c>@public</c>.</summary>
    Public,

    /// <summary><c>@readonly</c>.</summary>
    Readonly,

    /// <summary><c>@returns [{type}] [description]</c>, <c>@return</c>.</summary>
    Returns,

    /// <summary><c>@see description</c>.</summary>
    See,

    /// <summary><c>@since description</c>.</summary>
    Since,

    /// <summary><c>@summary description</c>.</summary>
    Summary,

    /// <summary><c>@tags a, b</c>.</summary>
    Tags,

    /// <summary><c>@template name [description]</c>, <c>@typeParam</c>, <c>@typeparam</c>.</summary>
    Template,

    /// <summary><c>@this {type} [description]</c>.</summary>
    This,

    /// <summary><c>@throws [{type}] [description]</c>, <c>@exception</c>.</summary>
    Throws,

    /// <summary><c>@type {type} [description]</c>.</summary>
    Type,

    /// <summary><c>@typedef {type} name [description]</c>.</summary>
    Typedef,
}
