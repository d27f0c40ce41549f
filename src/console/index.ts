/** Console: the pages for people and for administrators. */
export {
  type AdministrationDependencies,
  administrationPages,
  administrationRoutes,
} from './administration/index.ts';
export { type ApplicationsDependencies, applicationPages } from './applications/index.ts';
export { type ConnectionsDependencies, connectionPages } from './connections/index.ts';
export { type PeoplePagesOptions, type ProxyLogin, peoplePages, SECOND_FACTOR_PATH } from './people/index.ts';
export { problemPages } from './problems/index.ts';
export { searchPages } from './search/index.ts';
export { signaturePages } from './signature/index.ts';
