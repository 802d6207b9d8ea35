namespace Kiln.Browser.Xss;

/// <param name="Line">In payloads.txt.</param>
/// <param name="Text">What an author would write. Does harm when <c>window.__xss</c> is set or <see cref="XssCorpus.Canary"/> is asked for anything.</param>
public sealed record XssPayload(int Line, string Category, string Text);
