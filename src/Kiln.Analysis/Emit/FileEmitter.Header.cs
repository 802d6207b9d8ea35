using System.Text;
using Kiln.TypeScript.Tree;
using Kiln.TypeScript;

namespace Kiln.Analysis.Emit;

internal enum HelperKind
{
    RunInitializers,
    Decorate,
    PropertyKey,
    Use,
    Dispose,
}

/// <summary>What the output has besides the source: imports of the JSX runtime and variables in front, on the first line, and helper functions, which are hoisted, behind.</summary>
internal sealed partial class FileEmitter
{
    private SortedDictionary<HelperKind, string> Helpers => field ??= [];

    private string Helper(HelperKind kind)
    {
        if (!Helpers.TryGetValue(kind, out var name))
        {
            name = Helpers[kind] = Unique(kind switch
            {
                HelperKind.RunInitializers => "__runInitializers",
                HelperKind.Decorate => "__decorate",
                HelperKind.PropertyKey => "__propertyKey",
                HelperKind.Use => "__use",
                _ => "__dispose",
            });
        }

        return name;
    }

    /// <summary>Behind the shebang and the directives, which must stay first.</summary>
    private int HeaderPosition()
    {
        var position = 0;
        if (file.Comments.Length > 0 && file.Comments[0].Kind == CommentKind.Shebang)
        {
            position = AfterLineBreak(file.Comments[0].End);
        }

        foreach (var statement in file.Statements)
        {
            if (statement is ExpressionStatement { Expression: StringLiteral })
            {
                position = statement.End;
                continue;
            }

            if (position == 0 || IsLineBreak(text[position - 1]))
            {
                // From the start of the line, as deletions of lines are.
                var start = Math.Max(position, AttachedStart(statement.Start, position, keepLicenses: true));
                while (start > position && text[start - 1] is ' ' or '\t' && start > position)
                {
                    start--;
                }

                return start;
            }

            return position;
        }

        return position;
    }

    private string Header(int position)
    {
        if (!file.NeedsTransform)
        {
            return ""; // nothing was written that needs an import or a variable
        }

        var result = new StringBuilder(JsxImports());
        if (FileVariables.Count > 0)
        {
            result.Append("var ").AppendJoin(", ", FileVariables).Append("; ");
        }

        if (result.Length > 0 && position > 0 && writer.Written[position - 1] is not ('\n' or '\r'))
        {
            // Behind a directive that may lack its semicolon, or behind a comment.
            result.Insert(0, writer.Written[position - 1] is '"' or '\'' ? "; " : " ");
        }

        if (result.Length > 0 && (position == writer.Length || char.IsWhiteSpace(writer.Written[position])))
        {
            result.Length--;
        }

        return result.ToString();
    }

    private void EmitHelpers()
    {
        if (!file.NeedsTransform)
        {
            return;
        }

        foreach (var (kind, name) in Helpers)
        {
            writer.Write(writer.Last is '\n' ? "" : "\n");
            writer.Write(HelperText(kind).Replace("$", name, StringComparison.Ordinal).ReplaceLineEndings("\n"));
            writer.Write("\n");
        }
    }

    private static string HelperText(HelperKind kind) => kind switch
    {
        HelperKind.RunInitializers =>
            """
            function $(self, initializers, ...value) {
                let result = value[0];
                for (const initializer of initializers) result = initializer.apply(self, value.length > 0 ? [result] : []);
                return value.length > 0 ? result : void 0;
            }
            """,
        HelperKind.Decorate =>
            """
            function $(owner, local, decorators, about, initializers, extraInitializers) {
                const { kind, name } = about, slot = kind === "getter" ? "get" : kind === "setter" ? "set" : "value";
                const target = local || !owner ? null : about.static ? owner : owner.prototype;
                const descriptor = local || (target ? Object.getOwnPropertyDescriptor(target, name) : {});
                const callable = (f) => {
                    if (f !== void 0 && typeof f !== "function") throw new TypeError("Function expected");
                    return f;
                };
                let done = false;
                for (let i = decorators.length - 1; i >= 0; i--) {
                    const context = { ...about, addInitializer(f) {
                        if (done) throw new TypeError("Cannot add initializers after decoration has completed");
                        extraInitializers.push(callable(f || null));
                    } };
                    if (about.access) context.access = { ...about.access };
                    const decorator = decorators[i];
                    const result = decorator(kind === "accessor" ? { get: descriptor.get, set: descriptor.set } : kind === "field" ? void 0 : descriptor[slot], context);
                    if (kind === "accessor") {
                        if (result === void 0) continue;
                        if (result === null || typeof result !== "object") throw new TypeError("Object expected");
                        if (callable(result.get)) descriptor.get = result.get;
                        if (callable(result.set)) descriptor.set = result.set;
                        if (callable(result.init)) initializers.unshift(result.init);
                    } else if (callable(result)) {
                        if (kind === "field") initializers.unshift(result);
                        else descriptor[slot] = result;
                    }
                }
                if (target) Object.defineProperty(target, name, descriptor);
                done = true;
            }
            """,
        HelperKind.PropertyKey =>
            """
            function $(key) {
                return typeof key === "symbol" ? key : String(key);
            }
            """,
        HelperKind.Use =>
            """
            function $(env, value, async) {
                if (value === null || value === void 0) {
                    if (async) env.stack.push({ async });
                    return value;
                }
                if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
                let dispose;
                if (async) {
                    if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
                    dispose = value[Symbol.asyncDispose];
                }
                if (dispose === void 0 || dispose === null) {
                    if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
                    const inner = dispose = value[Symbol.dispose];
                    if (async && typeof inner === "function") dispose = function () {
                        try { inner.call(this); } catch (error) { return Promise.reject(error); }
                    };
                }
                if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
                env.stack.push({ value, dispose, async });
                return value;
            }
            """,
        _ =>
            """
            function $(env) {
                const fail = (error) => {
                    if (!env.hasError) env.error = error;
                    else if (typeof SuppressedError === "function") env.error = new SuppressedError(error, env.error, "An error was suppressed during disposal.");
                    else env.error = Object.assign(new Error("An error was suppressed during disposal."), { name: "SuppressedError", error, suppressed: env.error });
                    env.hasError = true;
                };
                let pending = false, awaited = false;
                const next = () => {
                    while (env.stack.length > 0) {
                        const resource = env.stack.pop();
                        try {
                            if (!resource.async && pending && !awaited) {
                                env.stack.push(resource);
                                pending = false;
                                return Promise.resolve().then(next);
                            }
                            if (resource.dispose) {
                                const result = resource.dispose.call(resource.value);
                                if (resource.async) {
                                    awaited = true;
                                    return Promise.resolve(result).then(next, (error) => { fail(error); return next(); });
                                }
                            } else pending = true;
                        } catch (error) {
                            fail(error);
                        }
                    }
                    if (pending && !awaited) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
                    if (env.hasError) throw env.error;
                };
                return next();
            }
            """,
    };
}
