/** Addresses of one's applications. Records are named in the query: a consumer's key may hold any character. */

export const APPLICATIONS_PATH = '/oauth/users/applications';
export const APPLICATION_PATH = `${APPLICATIONS_PATH}/view`;
export const REFUSAL_PATH = `${APPLICATIONS_PATH}/refusal`;

/** The page of one application. */
export function applicationPath(key: string): string {
  return `${APPLICATION_PATH}?${new URLSearchParams({ key })}`;
}

/** The explanation of one of its refused requests. */
export function refusalPath(requestId: string): string {
  return `${REFUSAL_PATH}?${new URLSearchParams({ id: requestId })}`;
}
