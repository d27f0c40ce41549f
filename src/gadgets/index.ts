/** Gadgets: the rules of small programs that others wrote and that run on our users' dashboards. */

export {
  type AddressVerdict,
  judgeAddress,
  maySignTwoLegged,
  type OutboundPlaces,
  outboundPlaces,
} from './allow-list/judge-address.ts';
export { type NamedHost, namedHosts, originsIn } from './allow-list/named-hosts.ts';
export { addOutboundRule, removeOutboundRule } from './allow-list/rules.ts';
export type { GadgetsContext, OwnGadget, Viewer } from './context.ts';
export { BUILT_IN_NAME } from './dashboards/built-in-default.ts';
export type { ChangeOf } from './dashboards/change.ts';
export {
  copyDashboard,
  createDashboard,
  editDashboard,
  listDashboards,
  removeDashboard,
  setFavourite,
} from './dashboards/dashboards.ts';
export {
  configureGadget,
  duplicateGadget,
  moveGadget,
  type Place,
  type PlacedChanges,
  placeGadget,
  takeGadgetAway,
} from './dashboards/placed-gadgets.ts';
export { type FoundPlaced, findPlaced, seeDashboard } from './dashboards/see.ts';
export {
  type FeedFailure,
  type FeedReading,
  type FeedReport,
  findFeed,
  noteFeedTrouble,
  readFeedBaseUrl,
  readingDigest,
  refreshFeed,
  subscribeToFeed,
  unsubscribeFromFeed,
} from './directory/feeds.ts';
export { type FetchedSpec, specAddress, specDigest } from './directory/fetched-spec.ts';
export {
  categoriesOf,
  type DirectoryEntry,
  type DirectoryGadget,
  findAllInDirectory,
  listDirectory,
} from './directory/find.ts';
export {
  addGadget,
  findGadget,
  removeGadget,
  setOwnGadgetHidden,
  takeNewerSpec,
} from './directory/gadgets.ts';
export { type GadgetTitles, gadgetTitles } from './directory/titles.ts';
export {
  BOUNDS,
  GADGET_MISTAKES,
  type GadgetMistake,
  type GadgetMistakeCode,
  GadgetsRefused,
} from './mistake.ts';
export * from './oauth/index.ts';
export * from './requests/index.ts';
export * from './spec/index.ts';
export { openTicket, sealTicket, type TicketSeal, ticketKey } from './ticket.ts';
