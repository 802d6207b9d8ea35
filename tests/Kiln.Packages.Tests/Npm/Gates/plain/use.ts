import Counter, { add, counter, FLAGS, greet, identity, key, type Keyed, LIMIT, move, nested, parse, type Place, renamed, Side, TUPLE, Units, VERSION, Volume } from "@jsr/gates__plain";
import { add as same, type Point } from "@jsr/gates__plain/geometry";
import { reveal } from "@jsr/gates__plain/deep/er";

const origin: Point = { x: 0, y: 0 };
const place: Place = move(origin, { x: 1 });
const check: typeof add = same;
const one: "1.0.0" = VERSION;
const ten: 10 = LIMIT;
const level: number = FLAGS.level;
const names: string[] = FLAGS.names;
const first: "a" = TUPLE[0];
const loud: Volume = Volume.High;
const left: "left" = `${Side.Left}`;
const text: string = parse("x");
const number: number = parse(1, 2);
const kept: "literal" = identity("literal");
const language: string = greet("x", { loud: true }) + greet.language;
const unit: Units.Length = Units.base;
const box: Units.Inner.Box = { size: 1 };
const keyed: Keyed = { [key]: "x" };
const seen: number = new Counter<"a" | "b">().count("a");
const hidden: true = reveal().hidden && nested.reveal().hidden;
const at: Point = renamed.at;
export { at, box, check, counter, first, hidden, keyed, kept, language, left, level, loud, names, number, one, place, seen, ten, text, unit };

move({ x: 1 }); // TS2345
move(origin, { z: 1 }); // TS2353
const wrong: number = parse("x"); // TS2322
parse(true); // TS2769
place.x = 2; // TS2540
const two: 11 = LIMIT; // TS2322
FLAGS.nothing; // TS2339
TUPLE[2]; // TS2493
const side: Side = "left"; // TS2322
const volume: Volume = 11; // TS2322
identity<string>(1); // TS2345
greet(1); // TS2345
greet("x", { quiet: true }); // TS2353
const length: Units.Length = "cm"; // TS2322
new Counter<"a">().count("b"); // TS2345
new Counter<number>(); // TS2344
new Counter().seen; // TS2339
const fake: Counter = { count: () => 1 }; // TS2741
const nothing: Keyed = {}; // TS2741
export { fake, length, nothing, side, two, volume, wrong };
