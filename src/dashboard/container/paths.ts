/** Addresses of the container, below the public URL. */

/** What `data-gadgets` of a frame leads to. */
export const CONTAINER_PATH = '/gadgets';

/** A gadget's document: takes `dashboard`, `module` and `view`. */
export const FRAME_PATH = `${CONTAINER_PATH}/ifr`;

/** What gadgets call; the name counts only for caches. */
export const SCRIPTS_PATH = `${CONTAINER_PATH}/js/`;

/** Makes requests for gadgets. */
export const REQUEST_PATH = `${CONTAINER_PATH}/makeRequest`;

/** Renews a gadget's token. */
export const TOKEN_PATH = `${CONTAINER_PATH}/token`;

/** Where a link in a gadget leads first: takes `to`. */
export const LEAVE_PATH = `${CONTAINER_PATH}/leave`;
