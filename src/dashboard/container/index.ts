/** Container: gadgets in their frames, and the requests that they make through it. */
import type { PageRoute } from '../../web/index.ts';
import type { ContainerDependencies } from './dependencies.ts';
import { frameRoute } from './frame-page.ts';
import { leaveRoute } from './leave-page.ts';
import { requestRoute, tokenRoute } from './make-request.ts';
import { runtimeRoute } from './runtime-script.ts';

export type { ContainerDependencies, FrameDependencies } from './dependencies.ts';
export { type FramedGadget, type GadgetFrames, gadgetFrames } from './gadget-frames.ts';

/** The addresses below `/gadgets` that are not about approval. */
export function containerRoutes(deps: ContainerDependencies): readonly PageRoute[] {
  return [frameRoute(deps), runtimeRoute(), requestRoute(deps), tokenRoute(deps), leaveRoute(deps)];
}
