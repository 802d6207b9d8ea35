import { home, type Infer, Loud, plain, pointSchema, read, z, type ZodType } from "@jsr/gates__facade";
import { numbers, type Step, type Subscriber } from "@jsr/gates__facade/rx";
import Counter, { type Point } from "@jsr/gates__plain";
import type { Observable } from "rxjs";

const point: Point = read({ x: 1, y: 2 });
const moved: plain.Point = plain.move(point);
const counter: Counter<"loud"> = new Loud();
const shouted: number = new Loud().shout().x;
const schema: ZodType<string> = z.string();
const inferred: Infer<typeof pointSchema> = { x: 1, y: 2 };
const observed: Observable<number> = numbers;
const step: Step<number, string> | undefined = undefined;
const subscriber: Subscriber | undefined = undefined;
const address: string = home;
export { address, counter, inferred, moved, observed, schema, shouted, step, subscriber };

const text: string = read(1); // TS2322
const missing: Infer<typeof pointSchema> = { x: 1 }; // TS2741
new Loud().count("quiet"); // TS2345
const strings: Observable<string> = numbers; // TS2322
export { missing, strings, text };
