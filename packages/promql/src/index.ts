export const PROMQL = 0;
