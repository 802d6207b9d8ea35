import { argv, exit } from "node:process";
import { disc } from "./mod.ts";

const words: string[] = argv.slice(2);
console.log(`${disc.name} ${words.join("+")}`);
exit(words.length > 2 ? 3 : 0);
