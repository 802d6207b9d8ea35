import type { Brand } from "./types.d.mts";
export declare const plain: Brand;
