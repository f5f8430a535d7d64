/** The parts of the program that a process can run (`AEGIS_ROLES`). */
export const ROLE_NAMES = ['gateway', 'worker', 'query', 'scheduler', 'web'] as const;

/** One of `ROLE_NAMES`. */
export type RoleName = (typeof ROLE_NAMES)[number];
