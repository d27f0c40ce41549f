/** The picture that an authenticator takes: dark squares on white in both colour schemes, or cameras miss it. */
import { encode } from 'uqr';
import { type Html, html } from '../../../web/index.ts';

/** Modules of white around the code, which readers need (ISO/IEC 18004). */
const QUIET = 4;

/** A QR code of a text, as one path of one-module squares. */
export function qrPicture(text: string, label: string): Html {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const squares = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" width="${size * 4}" height="${size * 4}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${squares.join('')}" fill="#000"/></svg>`;
}
