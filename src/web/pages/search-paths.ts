/** Addresses of the search over everything, which the frame of every page leads to. */

/** The page, for whoever has no script. */
export const SEARCH_PATH = '/oauth/search';

/** Pages and actions of whoever asks, for the script. */
export const SEARCH_PLACES_PATH = `${SEARCH_PATH}/places`;

/** Records, for the script of administrators. */
export const SEARCH_RECORDS_PATH = '/oauth/admin/search';
