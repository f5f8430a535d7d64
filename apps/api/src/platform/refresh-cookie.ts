/** The name of the cookie that holds the refresh token; over https `__Host-` stands before it. */
export const REFRESH_COOKIE = 'aegis_refresh';
