/** The names of PostgreSQL advisory locks that processes of ours meet at, one per purpose; any distinct numbers do. */
export const ADVISORY_LOCKS = { migrate: 7_216_400_000_001n, bootstrap: 7_216_400_000_002n } as const;
