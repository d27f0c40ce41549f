/**
 * What the container asks for on behalf of a gadget, and what it is given: parts for the gadget, in the words of
 * `gadgets.io`, and a notice for the page around it, which the gadget does not see.
 */
import type { SignedIn } from '../../accounts/index.ts';
import type { UseToken } from './authorized-fetch.ts';
import type { OAuthService } from './oauth-service.ts';

/** A request of a gadget that stands on a dashboard, judged against the allow-list already. */
export interface AskedRequest {
  readonly viewer: SignedIn;
  readonly gadget: {
    readonly specUrl: string;
    readonly title: string;
    readonly spec: {
      readonly oauthServices: readonly OAuthService[];
      readonly features: readonly { readonly name: string }[];
    };
  };
  readonly dashboardId: string;
  readonly moduleId: string;
  readonly serviceName: string;
  /** Accepted, and without a meaning: all names of a service are one token. */
  readonly tokenName: string;
  readonly useToken: UseToken;
  readonly request: {
    readonly method: string;
    readonly url: URL;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array | null;
    readonly maxBytes: number;
    readonly timeoutMs: number;
  };
  /** Of the viewer, for the words. */
  readonly locale: 'en' | 'ja';
}

/** How a gadget stands with a provider when not all is well. */
export type NoticeState =
  /** It shows what everybody may see; the viewer may approve to see more. */
  | 'anonymous'
  | 'needs-approval'
  | 'expired'
  | 'revoked'
  | 'provider-down'
  /** The provider, or its record here, does not let the request pass; approving does not help. */
  | 'refused'
  | 'service-unknown';

/** What the page around a gadget shows. */
export interface GadgetNotice {
  readonly state: NoticeState;
  readonly provider: string;
  /** Whether the gadget has something to show all the same: data, or its own way to the approval. */
  readonly hasContent: boolean;
  /** What it is and what to do, in the viewer's language. */
  readonly text: string;
  /** Local address that begins the approval; null where approving does not help. */
  readonly approvalUrl: string | null;
  /** Local address of the explanation; null where there is nothing more to say. */
  readonly inspectUrl: string | null;
}

export type AuthorizedAnswer =
  | {
      readonly kind: 'answer';
      readonly provider: string;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
      readonly approvalUrl: string | null;
      /** Null: all is well. */
      readonly notice: GadgetNotice | null;
    }
  | {
      readonly kind: 'refused';
      readonly approvalUrl: string | null;
      /** A code of `gadgets.io`; null where all that is missing is the approval. */
      readonly oauthError: string | null;
      readonly oauthErrorText: string | null;
      readonly notice: GadgetNotice;
    };

/** Makes a gadget's request with its viewer's token. */
export type AuthorizedFetch = (asked: AskedRequest) => Promise<AuthorizedAnswer>;
