/**
 * What a gadget's frame and the page around it say to each other. Messages travel over a port that the frame hands to
 * the page in its first word; the page takes that word only from the window of a frame it made, and reads everything
 * that comes over the port by `readFrameMessage`.
 */

/** The frame's first word; the port comes with it. The page says it, too, to frames that spoke before it listened. */
export const HELLO = 'countersign-gadget';

/** What `gadgets.io.makeRequest` asks the page to fetch. */
export interface GadgetRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly contentType: string;
  readonly authorization: string;
  readonly serviceName: string;
  readonly tokenName: string;
  readonly useToken: string;
  /** How old a kept answer may be, seconds; '' for the usual. */
  readonly refreshSeconds: string;
  readonly entries: string;
  readonly summaries: string;
  readonly signOwner: string;
  readonly signViewer: string;
}

/** What a frame may say. */
export type FrameMessage =
  | { readonly kind: 'request'; readonly id: number; readonly request: GadgetRequest }
  | { readonly kind: 'height'; readonly pixels: number }
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'preferences'; readonly preferences: Readonly<Record<string, string>> }
  | { readonly kind: 'approve'; readonly id: number; readonly url: string }
  | { readonly kind: 'view'; readonly view: string }
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'subscribe'; readonly channel: string }
  | { readonly kind: 'unsubscribe'; readonly channel: string }
  | { readonly kind: 'publish'; readonly channel: string; readonly message: string };

/** The answer to a request, as the frame gets it. */
export interface GadgetAnswer {
  /** HTTP status; 0 when there was no answer at all. */
  readonly rc: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors?: readonly string[];
  readonly oauthApprovalUrl?: string;
  readonly oauthError?: string;
  readonly oauthErrorText?: string;
}

/** What the page may say. */
export type PageMessage =
  /** The page listens; what was said before it did has to be said now. */
  | { readonly kind: 'welcome' }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: GadgetAnswer }
  | { readonly kind: 'approved'; readonly id: number }
  | {
      readonly kind: 'published';
      readonly channel: string;
      readonly message: string;
      readonly sender: string;
    };

/** What a frame's document knows from the start. */
export interface GadgetFacts {
  readonly moduleId: string;
  readonly pageOrigin: string;
  readonly view: string;
  readonly views: readonly string[];
  readonly language: string;
  readonly country: string;
  readonly preferences: Readonly<Record<string, string>>;
  readonly messages: Readonly<Record<string, string>>;
  /** Features that the spec names, with their parameters. */
  readonly features: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}
