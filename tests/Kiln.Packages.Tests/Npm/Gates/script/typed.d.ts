import type { Answer } from "./types.d.ts";
export declare const typed: Answer;
export declare function ask(question: string): number;
