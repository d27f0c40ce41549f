/**
 * Stage: where the administrator asks for it, a body that is no form must be covered by `oauth_body_hash`. The base
 * string does not cover such bodies, so without the hash whoever carries the request could exchange them.
 */
import { isAmbiguousPath, matchesAnyPath } from '../../model/index.ts';
import type { Examination } from '../examination.ts';
import { missing } from './require-parameters.ts';

/** @throws {Problem} parameter_absent naming `oauth_body_hash`; a path that could be read in two ways counts as asked for */
export function requireBodyHash({ context, message, request }: Examination): void {
  const paths = context.settings.bodyHashPaths ?? [];
  if (paths.length === 0 || message.hasFormBody || message.protocol.bodyHash !== undefined) return;
  if (message.body.length === 0 && !request.hasBody) return;
  if (isAmbiguousPath(request.path) || matchesAnyPath(paths, request.path))
    throw missing(['oauth_body_hash']);
}
