/** REST API: the administration for programs. */
export { apiReferencePages } from './reference-page.ts';
export { createRestApi, REST_API_PREFIX, type RestApi } from './rest-api.ts';
