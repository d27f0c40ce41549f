/**
 * The ports of storage for the directory of gadgets, the feeds that fill it, and the places that gadgets may reach.
 * All of it is bounded by the use cases to what an administrator can survey, so lists are whole.
 */
import type { AuditEvent } from './audit-event.ts';
import type { Gadget, GadgetFeed, GadgetSummary, OutboundRule } from './gadget.ts';

export interface GadgetStore {
  find(specUrl: string): Promise<Gadget | null>;
  findById(id: string): Promise<Gadget | null>;
  /** Those that are there, in no order: for a dashboard in one look. */
  findAll(specUrls: readonly string[]): Promise<readonly Gadget[]>;
  /** By title, then address. */
  list(): Promise<readonly GadgetSummary[]>;
  /** False if the address of the spec is taken, or the feed is gone. */
  add(gadget: Gadget, event: AuditEvent): Promise<boolean>;
  /** Replaces the record with that id. False if there is none, or if it changed since `expectedUpdatedAt`. */
  update(gadget: Gadget, expectedUpdatedAt: number, event: AuditEvent): Promise<boolean>;
  /** False if there was none. Dashboards keep its place. */
  remove(id: string, event: AuditEvent): Promise<boolean>;
  /** Names of this installation's own gadgets that the directory does not show. */
  listHidden(): Promise<readonly string[]>;
  /** False if it was so already. */
  setHidden(name: string, isHidden: boolean, event: AuditEvent): Promise<boolean>;
}

export interface GadgetFeedStore {
  find(id: string): Promise<GadgetFeed | null>;
  /** By name, then id. */
  list(): Promise<readonly GadgetFeed[]>;
  /** False if there is a feed of that base URL, compared by `plainBase`. */
  add(feed: GadgetFeed, event: AuditEvent): Promise<boolean>;
  /** Replaces name, `fetchedAt` and `trouble`. False if there is none. */
  update(feed: GadgetFeed, event: AuditEvent): Promise<boolean>;
  /** Removes it with the gadgets it brought. False if there was none. */
  remove(id: string, event: AuditEvent): Promise<boolean>;
}

export interface AllowListStore {
  /** By pattern. */
  list(): Promise<readonly OutboundRule[]>;
  /** False if the pattern is there. */
  add(rule: OutboundRule, event: AuditEvent): Promise<boolean>;
  /** False if there was none. */
  remove(pattern: string, event: AuditEvent): Promise<boolean>;
}
