/** The name of the cookie that holds the refresh token. */
export const REFRESH_COOKIE = 'aegis_refresh';
