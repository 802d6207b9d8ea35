export interface Hidden {
  hidden: true;
}

export function unused(): number {
  return 1;
}
