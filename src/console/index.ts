/** Console: the pages for people and for administrators. */
export { type PeoplePagesOptions, peoplePages } from './people/index.ts';
