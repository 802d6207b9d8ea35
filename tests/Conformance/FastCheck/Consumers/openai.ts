import OpenAI, { APIError, APIPromise, AzureOpenAI, type ClientOptions, NotFoundError, OpenAIError, PagePromise, RateLimitError, toFile, type Uploadable } from "openai";
declare const client: OpenAI;
declare const error: unknown;
// accepted
export const made: OpenAI = new OpenAI();
export const configured: OpenAI = new OpenAI({ apiKey: "x", maxRetries: 3, timeout: 10, logLevel: "debug" });
export const lazy: ClientOptions = { apiKey: async () => "key", organization: null };
export const copied: OpenAI = client.withOptions({ baseURL: "x" });
export const key: string | null = client.apiKey;
export const retries: number = client.maxRetries;
export const completion = client.chat.completions.create({ model: "gpt-4o", messages: [{ role: "user", content: "hi" }] });
export const promise: APIPromise<OpenAI.Chat.Completions.ChatCompletion> = completion;
export const text: Promise<string | null | undefined> = completion.then((c) => c.choices[0]?.message.content);
export const streamed = client.chat.completions.create({ model: "gpt-4o", messages: [], stream: true });
export const chunks = streamed.then(async (s) => { for await (const chunk of s) console.log(chunk.choices[0]?.delta.content?.length); });
export const response: Promise<Response> = completion.asResponse();
export const both: Promise<{ data: OpenAI.Chat.Completions.ChatCompletion; response: Response; request_id: string | null }> = completion.withResponse();
export const models: PagePromise<OpenAI.ModelsPage, OpenAI.Model> = client.models.list();
export const ids = models.then((page) => page.data.map((model) => model.id.toUpperCase()));
export const next: Promise<boolean> = client.files.list({ limit: 3 }).then((page) => page.hasNextPage());
export const embedding: Promise<number[] | undefined> = client.embeddings.create({ model: "text-embedding-3-small", input: ["a"] }).then((e) => e.data[0]?.embedding);
export const status: number | undefined = error instanceof APIError ? error.status : undefined;
export const missing: 404 | undefined = error instanceof NotFoundError ? error.status : undefined;
export const base: Error = new OpenAIError("x");
export const same: typeof RateLimitError = OpenAI.RateLimitError;
export const timeout: number = OpenAI.DEFAULT_TIMEOUT;
export const file: Promise<File> = toFile(new Uint8Array(3), "x.txt", { type: "text/plain" });
export const uploadable: Uploadable = new File([], "x");
export const azure: OpenAI = new AzureOpenAI({ apiVersion: "1", endpoint: "x" });
export const message: OpenAI.ChatCompletionMessageParam = { role: "system", content: "x" };
export const tool: OpenAI.ChatCompletionTool = { type: "function", function: { name: "f" } };
export const reply = client.responses.create({ model: "gpt-4o", input: "x" }).then((r) => r.output_text.length);
export const deleted: Promise<string> = client.files.delete("id").then((d) => d.id);
export const generated: APIError = APIError.generate(404, {}, "x", new Headers());
export class Mine extends OpenAI { protected override defaultQuery(): Record<string, string | undefined> | undefined { return { a: this.apiKey ?? "" }; } }
export class MyError extends APIError<500> { size(): number { return this.status; } }
// rejected
export const r1 = new OpenAI("key"); // error TS2559
export const r2 = new OpenAI({ apiKey: 5 }); // error TS2322
export const r3 = new OpenAI({ key: "x" }); // error TS2353
export const r4 = new OpenAI({ logLevel: "loud" }); // error TS2322
export const r5: string = client.apiKey; // error TS2322
export const r6 = client.fetch; // error TS2341
export const r7 = client.idempotencyHeader; // error TS2445
export const r8 = client.defaultQuery(); // error TS2445
export const r9 = client.makeRequest; // error TS2341
export const r10 = client.chat.completions.create({ messages: [] }); // error TS2769
export const r11 = client.chat.completions.create({ model: "x", messages: [{ role: "king", content: "" }] }); // error TS2769
export const r12 = client.chat.completions.make({}); // error TS2339
export const r13 = completion.choices; // error TS2339
export const r14 = completion.then((c) => c.choices.length.toUpperCase()); // error TS2339
export const r15: Promise<string> = completion.asResponse(); // error TS2322
export const r16 = completion.parsedPromise; // error TS2341
export const r17 = models.then((page) => page.data.map((model) => model.identity)); // error TS2339
export const r18 = client.files.list({ limit: "3" }); // error TS2322
export const r19 = client.embeddings.create({ model: "x" }); // error TS2345
export const r20: string = (error as APIError).status; // error TS2322
export const r21: 500 = new NotFoundError(404, {}, "x", new Headers()).status; // error TS2322
export const r22 = APIError.makeMessage(1, 2, "x"); // error TS2341
export const r23: OpenAI = { apiKey: "x" }; // error TS2740
export const r24: APIPromise<number> = Promise.resolve(1); // error TS2740
export const r25: OpenAI.ChatCompletionMessageParam = { role: "system" }; // error TS2322
export const r26: OpenAI.ChatCompletionTool = { type: "fun" }; // error TS2322
export const r27: OpenAI.Nothing = 1; // error TS2694
export const r28: AzureOpenAI = client; // error TS2739
export const r29 = toFile(5); // error TS2345
export class R30 extends OpenAI { override buildURL(): number { return 1; } } // error TS2416
export const r31: string = OpenAI.DEFAULT_TIMEOUT; // error TS2322
export class R32 extends OpenAI { fetch = 1; } // error TS2415
export const r33 = client.responses.create({ model: "x", input: 5 }); // error TS2769
