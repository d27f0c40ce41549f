/** Operations on gadgets: the directory as a list, and the hosts that gadgets may reach; specs and feeds stand beside it. */
import {
  addOutboundRule,
  judgeAddress,
  listDirectory,
  outboundPlaces,
  removeOutboundRule,
} from '../../gadgets/index.ts';
import { type Operation, operation } from '../operation.ts';
import {
  GadgetList,
  GadgetQuery,
  NewOutboundRule,
  OutboundAddress,
  OutboundPattern,
  OutboundRule,
  OutboundRuleList,
  OutboundVerdict,
} from '../schemas/gadgets.ts';
import { gadgetFeedOperations } from './gadget-feeds.ts';
import { gadgetSpecOperations } from './gadget-specs.ts';

const group = 'Gadgets';

const directoryOperations: readonly Operation[] = [
  operation({
    id: 'listGadgets',
    group,
    method: 'GET',
    path: '/gadgets',
    summary: 'The directory of gadgets, hidden ones included',
    scope: 'read',
    status: 200,
    query: GadgetQuery,
    answer: GadgetList,
    run: async ({ gadgets }, { query: { search, category } }) => ({
      value: { items: await listDirectory(gadgets, { locale: 'en', search, category, withHidden: true }) },
    }),
  }),
];

const allowListOperations: readonly Operation[] = [
  operation({
    id: 'listOutboundRules',
    group,
    method: 'GET',
    path: '/allow-list',
    summary: 'The hosts that gadgets may reach',
    scope: 'read',
    status: 200,
    answer: OutboundRuleList,
    run: async ({ gadgets }) => ({ value: { items: await gadgets.storage.allowList.list() } }),
  }),
  operation({
    id: 'addOutboundRule',
    group,
    method: 'POST',
    path: '/allow-list',
    summary: 'Allow a host, or all subdomains of a domain',
    scope: 'write',
    status: 201,
    body: NewOutboundRule,
    answer: OutboundRule,
    run: async ({ gadgets }, { body, actor }) => ({ value: await addOutboundRule(gadgets, body, actor) }),
  }),
  operation({
    id: 'removeOutboundRule',
    group,
    method: 'DELETE',
    path: '/allow-list',
    summary: 'Take a rule back, named by its pattern',
    scope: 'write',
    status: 204,
    query: OutboundPattern,
    answer: null,
    async run({ gadgets }, { query: { pattern }, actor }) {
      await removeOutboundRule(gadgets, pattern, actor);
      return {};
    },
  }),
  operation({
    id: 'judgeOutboundAddress',
    group,
    method: 'GET',
    path: '/allow-list/verdict',
    summary: 'Whether gadgets may reach an address, and why',
    scope: 'read',
    status: 200,
    query: OutboundAddress,
    answer: OutboundVerdict,
    async run({ gadgets }, { query: { url } }) {
      const nothing = { by: null, why: null, origin: null, provider: null, pattern: null };
      return { value: { ...nothing, ...judgeAddress(await outboundPlaces(gadgets), url) } };
    },
  }),
];

export const gadgetOperations: readonly Operation[] = [
  ...directoryOperations,
  ...gadgetSpecOperations,
  ...gadgetFeedOperations,
  ...allowListOperations,
];
