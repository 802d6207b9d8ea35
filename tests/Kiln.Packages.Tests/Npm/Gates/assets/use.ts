import { type Data, data, size, wasm, words } from "@jsr/gates__assets";
import json from "@jsr/gates__assets/data" with { type: "json" };
import "@jsr/gates__assets/style.css";

const same: Data = json;
const width: number = size.width + data.size.width;
const heights: number[] = data.size.height;
const address: URL = wasm;
const text: Promise<string> = words();
export { address, heights, same, text, width };

data.nothing; // TS2339
const name: number = data.name; // TS2322
export { name };
