using System.Collections.Frozen;

namespace Kiln.Documentation.Links;

/// <summary>Names that every module can use without an import, and where they are documented (docs.md §10.6).</summary>
internal static class GlobalNames
{
    private const string Mdn = "https://developer.mozilla.org/docs/Web/";
    private const string Utility = "https://www.typescriptlang.org/docs/handbook/utility-types.html#";
    private const string Deno = "https://docs.deno.com/api/deno/~/";

    private static readonly FrozenSet<string> Language = Set(
        """
        AggregateError Array ArrayBuffer AsyncFunction AsyncGenerator AsyncGeneratorFunction AsyncIterator Atomics BigInt BigInt64Array BigUint64Array Boolean DataView
        Date Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Generator GeneratorFunction Int16Array Int32Array Int8Array Intl Iterator
        JSON Map Math Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError TypeError URIError Uint16Array
        Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet globalThis
        """);

    private static readonly FrozenDictionary<string, string> Renamed = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ReadonlyArray"] = Mdn + "JavaScript/Reference/Global_Objects/Array",
        ["ReadonlyMap"] = Mdn + "JavaScript/Reference/Global_Objects/Map",
        ["ReadonlySet"] = Mdn + "JavaScript/Reference/Global_Objects/Set",
        ["PromiseLike"] = Mdn + "JavaScript/Reference/Global_Objects/Promise#thenables",
        ["ArrayLike"] = Mdn + "JavaScript/Guide/Indexed_collections#working_with_array-like_objects",
        ["Iterable"] = Mdn + "JavaScript/Reference/Iteration_protocols#the_iterable_protocol",
        ["IterableIterator"] = Mdn + "JavaScript/Reference/Iteration_protocols#the_iterable_protocol",
        ["IteratorResult"] = Mdn + "JavaScript/Reference/Iteration_protocols#the_iterator_protocol",
        ["AsyncIterable"] = Mdn + "JavaScript/Reference/Iteration_protocols#the_async_iterator_and_async_iterable_protocols",
        ["AsyncIterableIterator"] = Mdn + "JavaScript/Reference/Iteration_protocols#the_async_iterator_and_async_iterable_protocols",
        ["PropertyKey"] = Mdn + "JavaScript/Guide/Data_structures#properties",
        ["WebAssembly"] = "https://developer.mozilla.org/docs/WebAssembly",
        ["console"] = Mdn + "API/console",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> UtilityTypes = Set(
        """
        Awaited Capitalize ConstructorParameters Exclude Extract InstanceType Lowercase NoInfer NonNullable Omit OmitThisParameter Parameters Partial Pick Readonly Record
        Required ReturnType ThisParameterType ThisType Uncapitalize Uppercase
        """);

    private static readonly FrozenSet<string> Web = Set(
        """
        AbortController AbortSignal AnimationEvent Attr AudioBuffer AudioContext BeforeUnloadEvent Blob BroadcastChannel ByteLengthQueuingStrategy CSSStyleDeclaration
        CSSStyleSheet Cache CacheStorage CanvasRenderingContext2D ClipboardEvent CloseEvent Comment CompressionStream CountQueuingStrategy Crypto CryptoKey CustomElementRegistry
        CustomEvent DOMException DOMMatrix DOMParser DOMPoint DOMRect DOMTokenList DataTransfer DecompressionStream Document DocumentFragment DragEvent Element ErrorEvent Event
        EventSource EventTarget File FileList FileReader FileSystemDirectoryHandle FileSystemFileHandle FileSystemHandle FocusEvent FormData GPUAdapter GPUBuffer GPUDevice
        GPUTexture Geolocation HTMLAnchorElement HTMLButtonElement HTMLCanvasElement HTMLCollection HTMLDivElement HTMLElement HTMLFormElement HTMLIFrameElement
        HTMLImageElement HTMLInputElement HTMLMediaElement HTMLOptionElement HTMLScriptElement HTMLSelectElement HTMLSpanElement HTMLStyleElement HTMLTextAreaElement
        HTMLVideoElement Headers History IDBDatabase IDBRequest ImageBitmap ImageData InputEvent IntersectionObserver KeyboardEvent Location MediaStream MediaStreamTrack
        MessageChannel MessageEvent MessagePort MouseEvent MutationObserver Navigator Node NodeList Notification OffscreenCanvas PageTransitionEvent Path2D Performance
        PerformanceEntry PerformanceObserver PointerEvent PopStateEvent ProgressEvent PromiseRejectionEvent RTCDataChannel RTCPeerConnection Range ReadableByteStreamController
        ReadableStream ReadableStreamBYOBReader ReadableStreamDefaultController ReadableStreamDefaultReader Request ResizeObserver Response SVGElement Selection ServiceWorker
        ShadowRoot SharedWorker Storage StorageEvent SubtleCrypto Text TextDecoder TextDecoderStream TextEncoder TextEncoderStream TextMetrics TouchEvent TransformStream
        TransformStreamDefaultController UIEvent URL URLPattern URLSearchParams WebGL2RenderingContext WebGLRenderingContext WebSocket WebTransport WheelEvent Window Worker
        WritableStream WritableStreamDefaultController WritableStreamDefaultWriter XMLHttpRequest
        """);

    private static readonly FrozenSet<string> DenoNames = Set(
        """
        Addr ChildProcess Command CommandOptions CommandOutput CommandStatus Conn ConnectOptions DatagramConn DirEntry Env FileInfo FsEvent FsFile FsWatcher HttpClient HttpServer
        Kv KvEntry KvKey ListenOptions Listener MakeTempOptions MkdirOptions NetAddr OpenOptions PermissionDescriptor PermissionStatus Permissions ReadFileOptions
        RemoveOptions SeekMode ServeHandler ServeHandlerInfo ServeOptions Signal TestContext TestDefinition TlsConn TlsListener TcpConn UnixAddr WriteFileOptions
        """);

    /// <param name="name">Dotted: <c>Intl.NumberFormat</c>, <c>Deno.Conn</c>.</param>
    public static string? Address(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var first = dot < 0 ? name : name[..dot];
        var second = dot < 0 ? "" : name[(dot + 1)..];
        if (first == "Deno")
        {
            return second.Length == 0 ? "https://docs.deno.com/api/deno/" : DenoNames.Contains(second) ? $"{Deno}Deno.{second}" : null;
        }

        if (first == "Intl" && second is "Collator" or "DateTimeFormat" or "DisplayNames" or "ListFormat" or "Locale" or "NumberFormat" or "PluralRules" or "RelativeTimeFormat" or "Segmenter")
        {
            return $"{Mdn}JavaScript/Reference/Global_Objects/Intl/{second}";
        }

        if (Renamed.TryGetValue(first, out var address))
        {
            return address;
        }

        if (Language.Contains(first))
        {
            return $"{Mdn}JavaScript/Reference/Global_Objects/{first}";
        }

        if (UtilityTypes.Contains(first))
        {
            return Utility + UtilityAnchor(first);
        }

        return Web.Contains(first) ? $"{Mdn}API/{first}" : null;
    }

    /// <summary>The handbook's headings carry the type parameters: <c>Pick&lt;Type, Keys></c> is <c>picktype-keys</c>.</summary>
    private static string UtilityAnchor(string name) => name switch
    {
        "Pick" or "Omit" or "Record" => name.ToLowerInvariant() + (name == "Record" ? "keys-type" : "type-keys"),
        "Exclude" => "excludeuniontype-excludedmembers",
        "Extract" => "extracttype-union",
        "Uppercase" or "Lowercase" or "Capitalize" or "Uncapitalize" => "intrinsic-string-manipulation-types",
        _ => name.ToLowerInvariant() + "type",
    };

    private static FrozenSet<string> Set(string names) => names.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
