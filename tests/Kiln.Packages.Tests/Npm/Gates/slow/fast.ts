export const fast: number = 1;
