/** Carries out what an administrator has seen and confirmed: records of service providers for a gadget's services. */
import {
  type AdministrationContext,
  addServiceProvider,
  editServiceProvider,
  findServiceProvider,
} from '../../administration/index.ts';
import type { ServicePlan } from './resolve-services.ts';

/**
 * Adds and completes the service providers of these plans; those that are refused are left for the administrator.
 * @param actor who confirmed it
 * @throws {Refused} as adding and editing a service provider by hand do
 */
export async function carryOutPlans(
  context: AdministrationContext,
  plans: readonly ServicePlan[],
  actor: string,
): Promise<void> {
  for (const plan of plans) {
    if (plan.kind === 'created') {
      const us = await context.storage.installation.read();
      const consumerKey = us?.consumerKey ?? '';
      const fields = { ...plan.fields, name: plan.provider, consumerKey, ownKey: true };
      await addServiceProvider(context, fields, actor);
    } else if (plan.kind === 'completed') {
      const { updatedAt, authorizeUrl } = await findServiceProvider(context, plan.provider);
      // Somebody has entered addresses since the plan was shown: theirs count.
      if (authorizeUrl !== null) continue;
      await editServiceProvider(context, plan.provider, plan.fields, updatedAt, actor);
    }
  }
}
