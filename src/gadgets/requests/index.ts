/** What gadgets ask the container to fetch, and what they are given. */
export { AnswerCache } from './answer-cache.ts';
export { feedJson } from './feed-json.ts';
export {
  type ContainerRequest,
  GadgetRequestRefused,
  type RequestMistake,
  readContainerRequest,
} from './gadget-request.ts';
export { type SignedForGadget, signForGadget } from './sign-for-gadget.ts';
export { ViewerTurns } from './viewer-turns.ts';
