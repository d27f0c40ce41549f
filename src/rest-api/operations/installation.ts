/** Operations on this installation's own identity, and the audit log. */
import { editInstallation, installationKeyFacts, rotateInstallationKey } from '../../administration/index.ts';
import { nowSeconds } from '../../base/index.ts';
import { ApiProblem } from '../api-problem.ts';
import { type Operation, operation, type RestApiContext } from '../operation.ts';
import { readPage } from '../paging.ts';
import { AuditQuery, auditFilterOf } from '../schemas/queries.ts';
import { AuditPage, Installation, InstallationEdit, KeyRotation } from '../schemas/records.ts';

const group = 'This installation';

async function show({ administration }: RestApiContext) {
  const installation = await administration.storage.installation.read();
  if (installation === null) throw new ApiProblem('not-found');
  const { consumerKey, name, description, callback, createdAt } = installation;
  const keys = installationKeyFacts(installation, nowSeconds(administration.clock));
  return { consumerKey, name, description, callback, keys, createdAt };
}

export const installationOperations: readonly Operation[] = [
  operation({
    id: 'readInstallation',
    group,
    method: 'GET',
    path: '/installation',
    summary: 'Who this installation is to others, and the public keys it signs with',
    scope: 'read',
    status: 200,
    answer: Installation,
    current: show,
    run: async (context) => ({ value: await show(context) }),
  }),
  operation({
    id: 'changeInstallation',
    group,
    method: 'PATCH',
    path: '/installation',
    summary: 'Change name, description or callback',
    scope: 'write',
    status: 200,
    body: InstallationEdit,
    answer: Installation,
    current: show,
    async run(context, { body: { callback, ...changes }, actor }) {
      const blank = callback === null ? '' : callback;
      await editInstallation(context.administration, { ...changes, callback: blank }, actor);
      return { value: await show(context) };
    },
  }),
  operation({
    id: 'rotateInstallationKey',
    group,
    method: 'POST',
    path: '/installation/rotate-key',
    summary: 'Publish the next RSA key, which takes over after the overlap',
    scope: 'write',
    status: 200,
    body: KeyRotation,
    answer: Installation,
    current: show,
    async run(context, { body: { overlapSeconds }, actor }) {
      const rotation = overlapSeconds === undefined ? {} : { overlapSeconds };
      await rotateInstallationKey(context.administration, rotation, actor);
      return { value: await show(context) };
    },
  }),
];

export const auditOperations: readonly Operation[] = [
  operation({
    id: 'listAuditEntries',
    group: 'Audit log',
    method: 'GET',
    path: '/audit',
    summary: 'Who changed what, newest first',
    scope: 'read',
    status: 200,
    query: AuditQuery,
    answer: AuditPage,
    run: async ({ administration }, { query }) => ({
      value: await readPage(
        administration,
        query,
        (place) =>
          administration.storage.audit.list(auditFilterOf(query), { search: query.search, ...place }),
        (row) => row,
      ),
    }),
  }),
];
