/** @jsxRuntime automatic */
/** @jsxImportSource npm:preact@^10.0.0 */
import { signal } from "./signal.ts";
import type { VNode } from "npm:preact@^10.0.0";

export const useTitle = (title: string): [VNode, (next: string) => void] => [<title>{title}</title>, signal];
