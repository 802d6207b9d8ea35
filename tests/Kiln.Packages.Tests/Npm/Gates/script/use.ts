import main, { add, list, name, Stack, typed } from "@jsr/gates__script";
import { ask, typed as same } from "@jsr/gates__script/typed";
import { referenced } from "@jsr/gates__script/referenced";

const three: number = add(1, 2);
const words: string = name;
const numbers: number[] = list;
const stack: Stack = new Stack(3).push(1).push("x");
const size: number = stack.size + Stack.of(1, 2).size;
const answer: number = typed.answer + same.answer + ask("?");
const r: "r" = referenced;
main();
main({ anything: 1 });
export { answer, numbers, r, size, stack, three, words };

ask(1); // TS2345
typed.question; // TS2339
const q: "q" = referenced; // TS2322
export { q };
