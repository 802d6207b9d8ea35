export const same: { ts: true } = { ts: true };
