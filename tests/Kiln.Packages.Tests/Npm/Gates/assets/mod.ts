import data from "./data.json" with { type: "json" };

export { data };
export const size: typeof data.size = data.size;
export type Data = typeof data;
export const wasm: URL = new URL("./add.wasm", import.meta.url);
export function words(): Promise<string> {
  return fetch(new URL("./words.txt", import.meta.url)).then((reply) => reply.text());
}
