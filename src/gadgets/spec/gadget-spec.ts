/**
 * What a gadget's spec says, read and checked (OpenSocial Core Gadget 1.0, sections of the gadget XML). Texts may
 * still hold placeholders (`__MSG_x__`, `__UP_x__`): which language and whose preferences is known only when a
 * gadget is shown. Addresses are absolute.
 */

import type { OAuthService } from '../oauth/oauth-service.ts';

/** An element of XML as it is handed in; line and column from 1. */
export interface SpecElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly SpecElement[];
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** A feature that the spec names, with the values of its parameters. */
export interface SpecFeature {
  readonly name: string;
  readonly isRequired: boolean;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
}

/** Kinds of preferences. */
export const DATATYPES = ['string', 'bool', 'enum', 'list', 'hidden'] as const;

export type Datatype = (typeof DATATYPES)[number];

/** A preference that the gadget declares. */
export interface SpecPreference {
  readonly name: string;
  readonly displayName: string;
  readonly datatype: Datatype;
  readonly isRequired: boolean;
  readonly defaultValue: string;
  /** Its name in the address of a gadget that is a page of its own; null: `up_` and its name. */
  readonly urlParameter: string | null;
  /** Of an enum. */
  readonly choices: readonly { readonly value: string; readonly displayValue: string }[];
}

/** Messages for a language, in the spec or at an address. */
export interface SpecLocale {
  /** Lower case; `all` for every language. */
  readonly language: string;
  /** Upper case; `ALL` for every country. */
  readonly country: string;
  readonly direction: 'ltr' | 'rtl';
  readonly messages: Readonly<Record<string, string>>;
  readonly messagesUrl: string | null;
}

/** What is shown in some views. */
export interface SpecContent {
  readonly views: readonly string[];
  readonly kind: 'html' | 'url';
  /** Of kind `html`. */
  readonly html: string;
  /** Of kind `url`; absolute. */
  readonly href: string;
  readonly preferredHeight: number | null;
}

/** Something that the spec holds and that is not done here. */
export interface SpecNote {
  readonly code: 'preload-ignored' | 'optional-feature-unknown' | 'number-ignored';
  readonly line: number;
  readonly column: number;
  readonly values: Readonly<Record<string, string>>;
}

/** A gadget's spec. */
export interface GadgetSpec {
  readonly url: string;
  readonly title: string;
  readonly directoryTitle: string;
  readonly titleUrl: string;
  readonly description: string;
  readonly author: string;
  readonly authorEmail: string;
  readonly thumbnailUrl: string | null;
  readonly screenshotUrl: string | null;
  readonly iconUrl: string | null;
  readonly categories: readonly string[];
  /** CSS pixels. */
  readonly height: number | null;
  readonly width: number | null;
  readonly isScrolling: boolean;
  readonly links: readonly { readonly rel: string; readonly href: string }[];
  readonly features: readonly SpecFeature[];
  readonly locales: readonly SpecLocale[];
  readonly preferences: readonly SpecPreference[];
  readonly contents: readonly SpecContent[];
  readonly oauthServices: readonly OAuthService[];
  readonly notes: readonly SpecNote[];
}
