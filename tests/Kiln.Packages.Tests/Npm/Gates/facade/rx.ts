import { Observable, of } from "npm:rxjs@^7.8.0";
import type { OperatorFunction } from "npm:rxjs@^7.8.0";

export const numbers: Observable<number> = of(1, 2, 3);
export type Step<A, B> = OperatorFunction<A, B>;
export type Subscriber = import("npm:rxjs@^7.8.0").Subscriber<number>;
