export const signal = (next: string): void => void next;
