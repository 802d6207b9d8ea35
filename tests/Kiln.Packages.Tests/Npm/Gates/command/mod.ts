import type { Observable } from "npm:rxjs@^7.8.0";
import type { ZodType } from "npm:zod@^4.0.0";
import type { Draft } from "npm:immer@^11.0.0";

export interface Plugin<T> {
  schema: ZodType<T>;
  values?: Observable<T>;
  edit?(draft: Draft<T>): void;
}

export function plugin<T>(schema: ZodType<T>): Plugin<T> {
  return { schema };
}
