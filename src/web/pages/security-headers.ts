/**
 * Headers that every page carries: no script, style or image but our own files, no framing by anybody, no guessing
 * of types, nothing kept in caches. The referrer policy is `same-origin`, not `no-referrer`: under the latter
 * browsers send `Origin: null` with our own forms, and the origin check would refuse them.
 */

/** What differs between pages. */
export interface SecurityChoices {
  readonly isHttps: boolean;
  /**
   * Leaves out `form-action`. Chromium applies it to every redirect that follows a form, and the consent form is
   * answered with a redirect to the consumer, which may redirect on to places that nobody here can know.
   */
  readonly formLeadsAway?: boolean;
  /**
   * Leaves the window that opened this one connected. Gadget containers open the consent page in a pop-up and
   * watch for its closing; isolation would make it look closed at once.
   */
  readonly inPopup?: boolean;
  /** Absolute addresses that the page frames, exactly: a framed page can lead its frame nowhere else. */
  readonly frames?: readonly string[];
  /** Lets the page's scripts fetch from our own origin. */
  readonly fetches?: boolean;
  /** Keeps what this page opens connected to it: it opens consent pages, and watches for their closing. */
  readonly opensPopups?: boolean;
}

/** The security headers of an HTML answer. */
export function securityHeaders(choices: SecurityChoices): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    `connect-src ${choices.fetches ? "'self'" : "'none'"}`,
    `frame-src ${choices.frames?.length ? frameSources(choices.frames) : "'none'"}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(choices.formLeadsAway ? [] : ["form-action 'self'"]),
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Frame-Options': 'DENY',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...openerPolicy(choices),
    'Cache-Control': 'no-store',
    ...(choices.isHttps ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}

/** A policy names no queries, and `;` and `,` would end the name: each address without the one, the others encoded. */
function frameSources(addresses: readonly string[]): string {
  const sources = addresses.map((address) => {
    const { origin, pathname } = new URL(address);
    return origin + pathname.replaceAll(';', '%3B').replaceAll(',', '%2C');
  });
  return [...new Set(sources)].join(' ');
}

function openerPolicy({ inPopup, opensPopups }: SecurityChoices): Record<string, string> {
  if (inPopup) return {};
  return { 'Cross-Origin-Opener-Policy': opensPopups ? 'same-origin-allow-popups' : 'same-origin' };
}
