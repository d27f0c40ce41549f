/** Addresses of one's applications. Records are named in the query: a consumer's key may hold any character. */

export const APPLICATIONS_PATH = '/oauth/users/applications';
export const APPLICATION_PATH = `${APPLICATIONS_PATH}/view`;
export const QUICKSTART_PATH = `${APPLICATIONS_PATH}/quickstart`;
export const REFUSAL_PATH = `${APPLICATIONS_PATH}/refusal`;

/** The page of one application. */
export function applicationPath(key: string): string {
  return `${APPLICATION_PATH}?${new URLSearchParams({ key })}`;
}

/** Its quickstart. @param language of the program; the first one when it is left out */
export function quickstartPath(key: string, language?: string): string {
  return `${QUICKSTART_PATH}?${new URLSearchParams(language === undefined ? { key } : { key, language })}`;
}

/** The explanation of one of its refused requests. */
export function refusalPath(requestId: string): string {
  return `${REFUSAL_PATH}?${new URLSearchParams({ id: requestId })}`;
}
