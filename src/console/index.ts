/** Console: the pages for people and for administrators. */
export {
  administrationPages,
  administrationRoutes,
} from './administration/index.ts';
export { applicationPages } from './applications/index.ts';
export { connectionPages } from './connections/index.ts';
export { type PeoplePagesOptions, type ProxyLogin, peoplePages, SECOND_FACTOR_PATH } from './people/index.ts';
export { problemPages } from './problems/index.ts';
export { searchPages } from './search/index.ts';
export { signaturePages } from './signature/index.ts';
