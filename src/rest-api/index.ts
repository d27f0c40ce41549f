/** REST API: the administration for programs. */
export { apiReferencePages } from './reference-page.ts';
export { createRestApi, type RestApi } from './rest-api.ts';
