/** Dashboard: gadgets in their frames, the dashboards they stand on, and what they ask for. */
export { GADGET_RUNTIME, PAGE_SCRIPTS } from './scripts.ts';
