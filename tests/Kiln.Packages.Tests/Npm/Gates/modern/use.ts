import { type Brand, count, type Hidden, same, shared } from "@jsr/gates__modern";
import { plain } from "@jsr/gates__modern/plain";
import type { Shared } from "@jsr/gates__modern/types";
import { same as again } from "@jsr/gates__modern/same";

const brand: Brand = plain;
const all: Shared = shared;
const hidden: Hidden = { dts: true };
const ts: true = same.ts && again.ts;
const numbers: AsyncGenerator<number> = count(3);
export { all, brand, hidden, numbers, ts };

const bare: Brand = 1; // TS2322
const not: Hidden = { ts: true }; // TS2353
count("3"); // TS2345
export { bare, not };
