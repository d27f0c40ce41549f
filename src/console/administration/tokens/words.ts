/** What the token pages have in common. */
export { tokenMessages } from './messages.ts';

/** Where the list is. */
export const TOKENS_PATH = '/oauth/admin/tokens';
