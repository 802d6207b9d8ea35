import { type Plugin, plugin } from "@jsr/gates__command";
import { z } from "zod";

const made: Plugin<string> = plugin(z.string());
made.edit?.("x");
export { made };

plugin("x"); // TS2345
const numbers: Plugin<number> = made; // TS2322
export { numbers };
