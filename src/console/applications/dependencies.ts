/** What the pages of one's applications need handed in. */
import type { AdministrationDependencies } from '../administration/index.ts';

/** Handed to every page of this part. */
export type ApplicationsDependencies = Pick<AdministrationDependencies, 'administration' | 'diagnosis'>;
